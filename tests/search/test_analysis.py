"""How Dutch text becomes terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lnpo.search.analysis import (
    MOST_WORDS,
    compound_parts,
    index_terms,
    nearest,
    question_terms,
    read_synonyms,
    stem,
    words,
)


@pytest.mark.parametrize(
    "forms",
    [
        ("doel", "doelen"),
        ("gesprek", "gesprekken"),
        ("schoolbestuur", "schoolbesturen"),
        ("thuiszitter", "thuiszitters", "thuiszitten"),
        ("coordinator", "coordinatoren"),
        ("kind", "kinderen"),
        ("evaluatie", "evalueert", "evalueren", "geevalueerd"),
        ("school", "scholen"),
    ],
)
def test_forms_of_one_word_come_together(forms):
    assert len({stem(form) for form in forms}) == 1


def test_long_words_give_up_the_parts_that_people_look_for():
    assert stem("verband") in compound_parts("samenwerkingsverband")
    assert stem("gesprek") in compound_parts("bestuursgesprekken")
    assert compound_parts("doel") == ()


def test_common_words_accents_and_signs_do_not_count():
    assert words("De Coördinator, één & het café!") == ["coordinator", "cafe"]
    assert index_terms("\x00") == ""


def test_a_phrase_and_a_word_mean_the_same():
    meanings = read_synonyms(["schoolbestuur, bevoegd gezag"])
    assert question_terms("bevoegd gezag", meanings)[0][1] == (stem("schoolbestuur"),)
    assert len(question_terms("schoolbestuur", meanings)[0]) == 2


@given(st.text(max_size=300))
def test_whatever_is_asked_gives_plain_terms(text):
    groups = question_terms(text)
    assert len(groups) <= MOST_WORDS
    assert all(term.isascii() and term.isalnum() for group in groups for one in group for term in one)


def test_a_word_that_was_probably_meant_is_near():
    known = [("verzuim", 9), ("verzoek", 5), ("school", 7)]
    assert nearest("verzium", known) == "verzuim"
    assert nearest("schol", known) == "school"
    assert nearest("gans", known) is None
