"""The half circle of seats, whatever the number of seats."""

import re
from itertools import pairwise
from math import hypot

import pytest

from lnpo.ui.kring import HEIGHT, WIDTH, kring, network_kring

DOT = re.compile(r'<circle class="([a-z-]+)" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"')


def dots(drawing):
    return [(kind, float(x), float(y), float(r)) for kind, x, y, r in DOT.findall(drawing)]


@pytest.mark.parametrize("seats", [1, 2, 3, 5, 8, 9, 12, 24, 30, 36, 60, 100, 150, 250, 400])
def test_no_seat_overlaps_another_or_leaves_the_drawing(seats):
    drawn = dots(kring(seats, seats, True))
    assert len(drawn) == seats
    for index, (_kind, x, y, r) in enumerate(drawn):
        assert r <= x <= WIDTH - r
        assert r <= y <= HEIGHT - r
        for _other, x2, y2, r2 in drawn[:index]:
            assert hypot(x - x2, y - y2) > r + r2


@pytest.mark.parametrize("seats", [1, 12, 30, 36, 150])
def test_the_own_seat_is_in_the_middle_of_the_innermost_row(seats):
    drawn = dots(kring(seats, seats, True))
    (mine,) = [dot for dot in drawn if dot[0] == "seat-mine"]
    base = max(y for _kind, _x, y, _r in drawn)

    def radius(dot):
        return hypot(dot[1] - WIDTH / 2, base - dot[2])

    assert radius(mine) <= min(map(radius, drawn)) + 1


def test_the_same_seats_are_always_drawn_the_same():
    assert kring(30, 18, True) == kring(30, 18, True)
    assert network_kring(150, 4) == network_kring(150, 4)


def test_who_registers_takes_a_seat_and_leaves_the_others_where_they_were():
    for few, more in pairwise(kring(30, taken) for taken in range(31)):
        before = {dot[1:3] for dot in dots(few) if dot[0] == "seat-taken"}
        after = {dot[1:3] for dot in dots(more) if dot[0] == "seat-taken"}
        assert before < after


def test_no_capacity_and_too_many_taken_do_no_harm():
    assert dots(kring(0, 5, True)) == []
    assert {kind for kind, *_rest in dots(kring(3, 99))} == {"seat-taken"}
    assert {kind for kind, *_rest in dots(kring(3, -1))} == {"seat-free"}
