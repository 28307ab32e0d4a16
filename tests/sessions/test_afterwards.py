"""After a session: evaluation, report, materials, mails and groups of three."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lnpo.audit.models import AuditEntry
from lnpo.outbox.models import OutboxEntry
from sessions.after_mails import KIND, AfterMail, queue_after_mail, send_after_mail
from sessions.groups import divide, partnerships_of
from sessions.models import (
    EvaluationSheet,
    EvaluationTicket,
    LearningGroup,
    Material,
    Registration,
    SessionPage,
)
from sessions.permissions import grant_staff_permissions
from sessions.registration import Answers
from tests.organisations.factories import MembershipFactory
from tests.sessions.factories import fresh, make_session, member, sign_up

pytestmark = pytest.mark.django_db


def url(name, page, *args):
    return reverse(f"sessions:{name}", args=[page.slug, *args])


@pytest.fixture
def els(cast, client_of):
    grant_staff_permissions(cast.els.groups.get())
    return client_of(cast.els)


def past(page):
    """The session has ended an hour ago."""
    start = timezone.now() - timezone.timedelta(hours=3)
    SessionPage.objects.filter(pk=page.pk).update(
        starts_at=start, ends_at=start + timezone.timedelta(hours=2)
    )
    return fresh(page)


def full_session(number=6, **fields):
    page = make_session(capacity=40, **fields)
    return page, [sign_up(page, answers=Answers(share_name=True)) for _ in range(number)]


def text(answer):
    return answer.content.decode()


def evaluate(client, page, mark="4", words="Meer voorbeelden"):
    form = client.get(url("evaluation", page)).context["form"]
    values = {
        name: (mark if "Radio" in type(f.widget).__name__ else words) for name, f in form.fields.items()
    }
    return client.post(url("evaluation", page), values)


def test_four_answers_show_nothing_anywhere_and_five_do(els, client_of):
    page, people = full_session(6)
    questions = {"scale": "Was het nuttig?\nHoe was de ruimte?", "open": "Wat kan beter?"}
    els.post(url("desk_evaluation", page), questions)
    page = past(page)
    assert els.post(url("desk_evaluation", page), {"scale": "", "open": ""}).status_code == 200
    assert els.post(url("desk_evaluation", page), questions).status_code == 302
    assert EvaluationSheet.objects.count() == 6
    els.post(url("desk_evaluation", page), questions)
    assert EvaluationSheet.objects.count() == 6
    for one in people[:4]:
        assert evaluate(client_of(one.user), page, words="Geheim antwoord").status_code == 302
    shown = text(els.get(url("desk_evaluation", page)))
    assert "Geheim antwoord" not in shown and "4,0" not in shown
    assert els.get(url("desk_evaluation_export", page)).status_code == 404
    evaluate(client_of(people[4].user), page, mark="2", words="=1+1")
    assert "Geheim antwoord" in text(els.get(url("desk_evaluation", page)))
    export = b"".join(els.get(url("desk_evaluation_export", page)).streaming_content).decode()
    assert "'=1+1" in export and "Geheim antwoord" in export


def test_nothing_links_an_answer_to_a_person_and_nobody_answers_twice(els, client_of):
    page, people = full_session(5)
    page = past(page)
    els.post(url("desk_evaluation", page), {"scale": "Nuttig?", "open": "Wat nog?"})
    one = people[0]
    before = set(EvaluationSheet.objects.values_list("pk", flat=True))
    evaluate(client_of(one.user), page)
    evaluate(client_of(one.user), page, words="Nog een keer")
    sheets = list(EvaluationSheet.objects.all())
    assert {sheet.pk for sheet in sheets} == before
    assert sum(sheet.filled for sheet in sheets) == 1
    assert EvaluationTicket.objects.filter(used=True).count() == 1
    names = {field.name for field in EvaluationSheet._meta.get_fields()}
    assert names == {"id", "evaluation", "filled", "answers"}
    for entry in AuditEntry.objects.filter(action="evaluation.answered"):
        assert entry.actor is None and str(one.pk) not in str(entry.changes)


def test_a_report_for_members_is_not_on_the_page_of_a_visitor(cast, client, client_of):
    from home.structure import prepare_site

    prepare_site()
    page = past(make_session(report="<p>Geheim verslag</p>", report_audience="members"))
    SessionPage.objects.filter(pk=page.pk).update(live=True)
    assert "Geheim verslag" not in text(client.get(page.get_url()))
    assert "Geheim verslag" in text(client_of(cast.anna).get(page.get_url()))


def test_materials_are_for_whom_they_are_meant(els, cast, client, client_of):
    page = past(full_session(2)[0])
    address = url("desk_materials", page)
    pdf = SimpleUploadedFile("Werkblad.pdf", b"%PDF-1.7 inhoud")
    assert els.post(address, {"title": "Werkblad", "file": pdf, "members_only": "on"}).status_code == 302
    assert els.post(address, {"title": "Site", "url": "https://example.org/"}).status_code == 302
    for wrong in (
        {"title": "Niets"},
        {"title": "Script", "file": SimpleUploadedFile("x.pdf", b"<script>")},
        {"title": "x" * 10_000, "url": "javascript:alert(1)"},
    ):
        assert els.post(address, wrong).status_code == 200
    material = Material.objects.get(title="Werkblad")
    file = url("material", page, material.pk)
    assert client.get(file).status_code == 404
    assert b"".join(client_of(cast.anna).get(file).streaming_content).startswith(b"%PDF")
    assert els.post(address, {"tell": "1"}).status_code == 302
    assert els.post(address, {"tell": "1"}).status_code == 302
    assert OutboxEntry.objects.filter(kind=KIND).count() == 2
    els.post(address, {"remove": material.pk})
    assert Material.objects.count() == 1


@pytest.mark.parametrize("kind", list(AfterMail))
def test_every_mail_goes_once_it_is_true(els, mailoutbox, kind):
    from django.db import transaction

    page, (one, *_rest) = full_session(1)
    page = past(page)
    els.post(url("desk_attendance", page), {"registration": one.pk})
    els.post(url("desk_certificates", page), {"hours": "2"})
    els.post(url("desk_evaluation", page), {"scale": "Nuttig?"})
    with transaction.atomic():
        queue_after_mail(one, kind, 99)
    send_after_mail("k", {"registration": str(one.pk), "kind": kind.value})
    assert page.title in mailoutbox[-1].subject
    Registration.objects.filter(pk=one.pk).update(state="cancelled")
    sent = len(mailoutbox)
    send_after_mail("k", {"registration": str(one.pk), "kind": kind.value})
    assert len(mailoutbox) == sent


def test_groups_of_three_never_join_one_partnership_when_it_can_be_avoided(cast):
    page = make_session(capacity=40)
    people = [sign_up(page) for _ in range(4)]
    people += [sign_up(page, MembershipFactory(organisation=org)) for org in (cast.swv, cast.board)]
    above = partnerships_of({one.organisation_id for one in people})
    assert above[cast.board.pk] & above[cast.swv.pk]
    parts = divide(people, above)
    assert sorted(map(len, parts)) == [3, 3]
    for part in parts:
        assert not {cast.swv.pk, cast.board.pk} <= {one.organisation_id for one in part}
    assert [len(part) for part in divide(people[:1], above)] == [1]
    assert sorted(len(part) for part in divide(people[:5], above)) == [5]


def test_a_group_has_its_page_once_published_and_until_six_weeks_after(els, cast, client_of):
    page, people = full_session(6)
    address = url("desk_groups", page)
    els.post(address, {"propose": "1"})
    one = people[0]
    assert client_of(one.user).get(url("group", page)).status_code == 404
    other = LearningGroup.objects.exclude(seats__registration=one).get()
    els.post(address, {"registration": one.pk, "group": other.number})
    assert other.seats.count() == 4
    els.post(address, {"registration": one.pk, "group": "9" * 30})
    els.post(address, {"registration": one.pk, "group": other.number})
    els.post(address, {"publish": "1"})
    assert els.get(address).status_code == 200
    mine = client_of(one.user)
    assert mine.get(url("group", page)).status_code == 200
    assert mine.post(url("group", page), {"notes": "Elkaar bellen in maart"}).status_code == 302
    other.refresh_from_db()
    assert other.notes == "Elkaar bellen in maart"
    assert client_of(cast.daan).get(url("group", page)).status_code == 404
    long_ago = timezone.now() - timezone.timedelta(weeks=7)
    SessionPage.objects.filter(pk=page.pk).update(
        starts_at=long_ago, ends_at=long_ago + timezone.timedelta(hours=1)
    )
    assert mine.get(url("group", page)).status_code == 404


def test_members_read_who_comes_by_consent_and_whom_they_met(els, cast, client_of, client):
    someone, me = member(), MembershipFactory(organisation=cast.swv)
    earlier, page = make_session(), make_session(capacity=40, days=30)
    for one in (someone, me):
        sign_up(earlier, one, Answers(share_name=True))
        sign_up(page, one, Answers(share_name=True))
    hidden = sign_up(page)
    for one in Registration.objects.filter(page=earlier):
        els.post(url("desk_attendance", earlier), {"registration": one.pk})
    answer = client_of(me.user).get(url("participants", page))
    assert answer.context["people"].met_before == 1
    assert someone.user.get_full_name() in text(answer)
    assert hidden.user.get_full_name() not in text(answer)
    assert client.get(url("participants", page)).status_code == 302
