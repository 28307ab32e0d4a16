"""Questions at registration: asked when their condition holds, kept as long as needed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import Answer, Question, Registration, SessionSeries
from sessions.question_forms import field_name
from sessions.questions import purge_answers
from sessions.refusals import EnoughDatesError
from sessions.registration import register
from sessions.tasks import check_seats
from tests.sessions.factories import fresh, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """Lunch yes or no; if yes, which diet (required); themes of the series."""
    series = SessionSeries.objects.create(title="Regiodag", slug="regiodag")
    page = make_session(series=series)
    lunch = Question.objects.create(page=page, text="Lunch je mee?", kind="yes_no", required=True)
    diet = Question.objects.create(
        page=page,
        position=2,
        text="Welk dieet?",
        kind="choice",
        options=["Geen", "Vegetarisch"],
        required=True,
        depends_on=lunch,
        depends_value="yes",
    )
    themes = Question.objects.create(
        series=series, position=3, text="Thema's", kind="several", options=["A", "B"], keep_days=30
    )
    note = Question.objects.create(page=page, position=4, text="Opmerking", kind="text", keep_days=30)
    return page, lunch, diet, themes, note


def post(client, page, **fields):
    return client.post(reverse("sessions:register", args=[page.slug]), fields)


def values():
    return {row.question.text: row.value for row in Answer.objects.select_related("question")}


def test_all_kinds_are_asked_and_kept(asked, cast, client_of):
    page, lunch, diet, themes, note = asked
    client = client_of(cast.anna)
    body = client.get(reverse("sessions:register", args=[page.slug])).content.decode()
    assert all(question.text.replace("'", "&#x27;") in body for question in (lunch, diet, themes, note))
    answer = post(
        client,
        page,
        **{
            field_name(lunch): "yes",
            field_name(diet): "Vegetarisch",
            field_name(themes): ["A", "B"],
            field_name(note): "Trap oplopen lukt niet",
        },
    )
    assert answer.status_code == 302
    assert values() == {
        "Lunch je mee?": "yes",
        "Welk dieet?": "Vegetarisch",
        "Thema's": ["A", "B"],
        "Opmerking": "Trap oplopen lukt niet",
    }


def test_a_required_question_counts_only_when_its_condition_holds(asked, cast, client_of):
    page, lunch, diet, *_rest = asked
    client = client_of(cast.anna)
    wrong = post(client, page, **{field_name(lunch): "yes", "learning_question": "Blijft staan"})
    assert set(wrong.context["form"].errors) == {field_name(diet)}
    assert "Blijft staan" in wrong.content.decode()
    assert set(post(client, page).context["form"].errors) == {field_name(lunch)}
    assert post(client, page, **{field_name(lunch): "no", field_name(diet): "Geen"}).status_code == 302
    assert values() == {"Lunch je mee?": "no"}


@pytest.mark.parametrize("bad", ["Kip\x00", "iets anders", "x" * 10_000])
def test_an_answer_that_is_not_offered_is_refused_at_the_field(asked, cast, client_of, bad):
    page, lunch, _diet, _themes, note = asked
    answer = post(
        client_of(cast.anna),
        page,
        **{field_name(lunch): bad, field_name(note): bad if len(bad) > 20 or "\x00" in bad else ""},
    )
    assert answer.status_code == 200
    assert field_name(lunch) in answer.context["form"].errors
    assert not Registration.objects.exists()


def test_answers_can_be_changed_and_stand_in_the_form(asked, cast, client_of):
    page, lunch, diet, *_rest = asked
    client = client_of(cast.anna)
    post(client, page, **{field_name(lunch): "yes", field_name(diet): "Geen"})
    address = reverse("sessions:update", args=[page.slug])
    form = client.get(address).context["form"]
    assert form.fields[field_name(diet)].initial == "Geen"
    client.post(address, {field_name(lunch): "no"})
    assert values() == {"Lunch je mee?": "no"}


def test_diet_wishes_are_gone_after_the_session_and_the_rest_later(asked, cast, client_of):
    page, lunch, diet, themes, _note = asked
    fields = {field_name(lunch): "yes", field_name(diet): "Geen", field_name(themes): ["A"]}
    post(client_of(cast.anna), page, **fields)
    assert purge_answers() == 0
    ended = timezone.now() - timedelta(hours=1)
    type(page).objects.filter(pk=page.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    check_seats()
    assert values() == {"Thema's": ["A"]}
    type(page).objects.filter(pk=page.pk).update(ends_at=ended - timedelta(days=31))
    assert purge_answers() == 1
    assert purge_answers() == 0
    assert Registration.objects.count() == 1


def test_one_date_of_a_series_is_enough_when_the_series_says_so(cast, client_of):
    series = SessionSeries.objects.create(title="Regiodag", slug="regiodag", most_dates_per_person=1)
    first, second = make_session(series=series), make_session(series=series, days=30)
    register(cast.anna, fresh(first), cast.swv)
    with pytest.raises(EnoughDatesError):
        register(cast.anna, fresh(second), cast.swv)
    assert post(client_of(cast.anna), second).status_code == 409
    register(cast.bram, fresh(second), cast.swv)


def test_the_page_of_a_series_shows_its_dates_and_each_date_the_others(client):
    series = SessionSeries.objects.create(title="Regiodag Oost", slug="regiodag")
    address = reverse("sessions:series", args=["regiodag"])
    assert client.get(address).status_code == 404
    first, second = make_session(series=series), make_session(series=series, days=30)
    make_session(series=series, days=-30)
    body = client.get(address).content.decode()
    assert "Regiodag Oost" in body
    assert first.url in body and second.url in body
    assert second.url in client.get(first.url).content.decode()
    second.unpublish()
    assert second.url not in client.get(address).content.decode()
    assert client.get(reverse("sessions:series", args=["nergens"])).status_code == 404
