"""Three-way merge: the table of 25 cases per kind of node, and properties that hold for every tree."""

import copy
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates.library.merging import BOTH, FIELDS, LISTS, MINE, ORDER, THEIRS, differences, merged, same

TEXT = {"indicators": "measurement", "activities": "title", "resources": "kind", "questions": "text"}
WAYS = ("unchanged", "changed", "deleted", "added", "moved")


def node(kind, uid, text="old"):
    return {"uid": uid, **dict.fromkeys(FIELDS[kind], "x"), TEXT[kind]: text}


def content(**lists):
    goal = dict.fromkeys(FIELDS["goal"], "x")
    return {"goal": goal, **{kind: lists.get(kind, []) for kind in LISTS}}


def after(kind, base, way, by):
    """``base`` after ``by`` did ``way`` to its node b."""
    result = copy.deepcopy(base)
    nodes = result[kind]
    if way == "changed":
        nodes[1][TEXT[kind]] = f"new of {by}"
    elif way == "deleted":
        del nodes[1]
    elif way == "moved":
        nodes.append(nodes.pop(1))
    elif way == "added":
        nodes.append(node(kind, f"n-{by}", f"added by {by}"))
    return result


def outcome(kind, result):
    """The nodes in order; the one that matters with its text."""
    return " ".join(
        f"b={item[TEXT[kind]]}" if item["uid"] == "b" and item[TEXT[kind]] != "old" else item["uid"]
        for item in result[kind]
    )


TABLE = {  # (mine, theirs): (what stands by default, whether somebody should choose)
    ("unchanged", "unchanged"): ("a b c", False),
    ("unchanged", "changed"): ("a b=new of theirs c", False),
    ("unchanged", "deleted"): ("a c", False),
    ("unchanged", "added"): ("a b c n-theirs", False),
    ("unchanged", "moved"): ("a c b", False),
    ("changed", "unchanged"): ("a b=new of mine c", False),
    ("changed", "changed"): ("a b=new of mine c", True),
    ("changed", "deleted"): ("a b=new of mine c", True),
    ("changed", "added"): ("a b=new of mine c n-theirs", False),
    ("changed", "moved"): ("a c b=new of mine", False),
    ("deleted", "unchanged"): ("a c", False),
    ("deleted", "changed"): ("a c", True),
    ("deleted", "deleted"): ("a c", False),
    ("deleted", "added"): ("a c n-theirs", False),
    ("deleted", "moved"): ("a c", False),
    ("added", "unchanged"): ("a b c n-mine", False),
    ("added", "changed"): ("a b=new of theirs c n-mine", False),
    ("added", "deleted"): ("a c n-mine", False),
    ("added", "added"): ("a b c n-theirs n-mine", False),
    ("added", "moved"): ("a c n-mine b", False),
    ("moved", "unchanged"): ("a c b", False),
    ("moved", "changed"): ("a c b=new of theirs", False),
    ("moved", "deleted"): ("a c", False),
    ("moved", "added"): ("a c n-theirs b", False),
    ("moved", "moved"): ("a c b", False),
}


def test_the_table_has_every_case():
    assert set(TABLE) == set(itertools.product(WAYS, WAYS))


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(("mine", "theirs"), TABLE)
def test_each_case_has_one_outcome(kind, mine, theirs):
    base = content(**{kind: [node(kind, uid) for uid in "abc"]})
    own, new = after(kind, base, mine, "mine"), after(kind, base, theirs, "theirs")
    found = differences(base, own, new)
    result = merged(own, new, found, {})
    expected, asks = TABLE[mine, theirs]
    assert (outcome(kind, result), any(item.conflict for item in found)) == (expected, asks)
    assert same(merged(own, new, found, {item.key: MINE for item in found}), own)


def test_two_orders_are_a_choice():
    base = content(questions=[node("questions", uid) for uid in "abc"])
    own = content(questions=[node("questions", uid) for uid in "bac"])
    new = content(questions=[node("questions", uid) for uid in "acb"])
    (item,) = differences(base, own, new)
    assert (item.field, item.conflict) == (ORDER, True)
    assert outcome("questions", merged(own, new, [item], {})) == "b a c"
    assert outcome("questions", merged(own, new, [item], {item.key: THEIRS})) == "a c b"


@pytest.mark.parametrize(
    ("field", "of_both"), [("rationale", "mine\n\ntheirs"), ("title", "mine / theirs"), ("theme", None)]
)
def test_both_texts_can_stand_together_where_they_fit(field, of_both):
    base, own, new = content(), content(), content()
    own["goal"][field], new["goal"][field] = "mine", "theirs"
    (item,) = differences(base, own, new)
    assert item.together == of_both
    assert merged(own, new, [item], {item.key: BOTH})["goal"][field] == (of_both or "mine")
    assert merged(own, new, [item], {item.key: "nonsense"})["goal"][field] == "mine"


def test_two_long_titles_do_not_fit_together():
    base, own, new = content(), content(), content()
    own["goal"]["title"], new["goal"]["title"] = "m" * 200, "t" * 200
    assert differences(base, own, new)[0].choices == (MINE, THEIRS)


def test_what_carries_a_measurement_is_not_taken_away():
    base = content(indicators=[node("indicators", "a")])
    (item,) = differences(base, base, content(), kept={"a"})
    assert item.conflict
    assert merged(base, content(), [item], {}) == base
    assert merged(base, content(), [item], {item.key: THEIRS})["indicators"] == []


def test_what_both_added_with_the_same_identity_is_one_node():
    own = content(activities=[node("activities", "a", "mine")])
    new = content(activities=[node("activities", "a", "theirs")])
    (item,) = differences(content(), own, new)
    assert item.conflict
    assert differences(content(), own, copy.deepcopy(own)) == []


@st.composite
def trees(draw):
    """Three contents that share some uids."""

    def one():
        goal = {field: draw(st.sampled_from("pqr")) for field in FIELDS["goal"]}
        lists = {
            kind: [
                {"uid": uid, **{field: draw(st.sampled_from("pq")) for field in FIELDS[kind][:2]}}
                for uid in draw(st.lists(st.sampled_from("abcdef"), unique=True))
            ]
            for kind in ("activities", "resources")
        }
        nodes = {kind: [{**dict.fromkeys(FIELDS[kind], ""), **n} for n in lists[kind]] for kind in lists}
        return {"goal": goal, **{kind: nodes.get(kind, []) for kind in LISTS}}

    return one(), one(), one()


@settings(max_examples=150, deadline=None)
@given(trees())
def test_who_changed_nothing_gets_the_library_and_who_meets_no_change_keeps_all(three):
    base, mine, theirs = three
    assert same(merged(base, theirs, differences(base, base, theirs), {}), theirs)
    assert differences(base, mine, base) == []
    assert merged(mine, base, [], {}) == mine


@settings(max_examples=150, deadline=None)
@given(trees())
def test_nothing_of_mine_is_lost_and_a_second_run_changes_nothing(three):
    base, mine, theirs = three
    found = differences(base, mine, theirs)
    result = merged(mine, theirs, found, {})
    assert same(merged(mine, theirs, found, {item.key: MINE for item in found}), mine)
    assert merged(result, theirs, differences(theirs, result, theirs), {}) == result
    for kind in ("activities", "resources"):
        old, own, now = ({n["uid"]: n for n in tree[kind]} for tree in (base, mine, result))
        for uid, mine_node in own.items():
            if uid not in old or mine_node != old[uid]:
                assert uid in now
            for field in FIELDS[kind]:
                if uid in now and mine_node[field] != old.get(uid, {}).get(field):
                    assert now[uid][field] == mine_node[field]
        for uid in old.keys() - own.keys():
            assert uid not in now


@settings(max_examples=100, deadline=None)
@given(trees())
def test_who_chooses_the_library_everywhere_has_all_of_it(three):
    base, mine, theirs = three
    found = differences(base, mine, theirs)
    result = merged(mine, theirs, found, {item.key: THEIRS for item in found})
    for item in found:
        if item.field in FIELDS[item.kind] and item.kind == "goal":
            assert result["goal"][item.field] == item.theirs
