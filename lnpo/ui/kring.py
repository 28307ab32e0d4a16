"""The kring: a half circle of seats, drawn on the server."""

from functools import lru_cache
from math import cos, hypot, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 320.0, 176.0
OUTER, INNERMOST = 146.0, 46.0


def seat_positions(seats: int, width: float = WIDTH, height: float = HEIGHT) -> list[tuple[float, float]]:
    """Centres of ``seats`` dots on concentric half circles, from left to right."""
    if seats <= 0:
        return []
    scale = width / WIDTH
    rows = max(1, min(12, round((seats / 4) ** 0.5))) if seats > 3 else 1
    # The rows lie 1.45 times as far apart as the seats of a row: close enough to be one half circle.
    crowding = 1.45 * pi * rows * (rows - 1) / (2 * seats)
    inner = max(INNERMOST, OUTER * (1 - crowding) / (1 + crowding))
    gap = (OUTER - inner) / (rows - 1) if rows > 1 else 0
    radii = [(OUTER - gap * row) * scale for row in range(rows)]
    total = sum(radii)
    counts = [int(seats * radius / total) for radius in radii]
    for index in range(seats - sum(counts)):
        counts[index % rows] += 1
    points: list[tuple[float, float]] = []
    for radius, count in zip(radii, counts, strict=True):
        for index in range(count):
            angle = pi - (pi * index / (count - 1) if count > 1 else pi / 2)
            points.append((width / 2 + radius * cos(angle), height - 14 * scale - radius * sin(angle)))
    return sorted(points)


def kring(capacity: int, taken: int, mine: bool = False) -> SafeString:
    """Seats of a session: taken ones filled, free ones open, the own one yellow.

    Only a drawing: beside it stands a sentence with the same figures.
    """
    points = seat_positions(capacity)
    radius = _radius(len(points))
    taken = max(0, min(taken, len(points)))
    own = _middle(points) if mine and taken else -1
    order = [index for index in _spread(len(points)) if index != own]
    filled = set(order[: taken - (1 if own >= 0 else 0)])
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            (
                "seat-mine" if index == own else "seat-taken" if index in filled else "seat-free",
                f"{x:.1f}",
                f"{y:.1f}",
                f"{radius * (1.3 if index == own else 1):.1f}",
            )
            for index, (x, y) in enumerate(points)
        ),
    )
    return format_html(
        '<svg class="kring" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', int(WIDTH), int(HEIGHT), dots
    )


@lru_cache(maxsize=64)
def network_kring(total: int, active: int) -> SafeString:
    """One dot per samenwerkingsverband; the yellow ones take part this season."""
    points = seat_positions(total, 560.0, 308.0)
    radius = _radius(len(points)) * 1.75
    lit = set(_spread(len(points))[: max(0, min(active, len(points)))])
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            ("dot-on" if index in lit else "dot-off", f"{x:.1f}", f"{y:.1f}", f"{radius:.1f}")
            for index, (x, y) in enumerate(points)
        ),
    )
    return format_html('<svg class="kring" viewBox="0 0 560 308" aria-hidden="true">{}</svg>', dots)


def _radius(seats: int) -> float:
    return max(2.2, min(6.5, 62.0 / max(1.0, seats**0.5 * 1.6)))


def _spread(seats: int) -> list[int]:
    """All seat numbers in an order that looks scattered and is always the same."""
    return sorted(range(seats), key=lambda index: (index * 7919 + 104_729) % 1009)


def _middle(points: list[tuple[float, float]]) -> int:
    """The seat in the middle of the innermost row: one's own place."""
    centre, base = WIDTH / 2, max(y for _x, y in points)

    def distance(seat: int) -> tuple[int, float]:
        x, y = points[seat]
        return round(hypot(x - centre, base - y)), abs(x - centre)

    return min(range(len(points)), key=distance)
