"""The desk of a session: attendance, certificates, materials, evaluation and groups, as everybody."""

import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from knowledge.harvest import practice_of_session
from lnpo.audit.models import AuditEntry
from lnpo.outbox.models import OutboxEntry
from sessions.after_mails import KIND
from sessions.models import (
    Attendance,
    Certificate,
    CheckInCode,
    SessionPage,
)
from sessions.permissions import grant_staff_permissions
from sessions.registration import Answers
from tests.sessions.factories import fresh, make_session, sign_up

pytestmark = pytest.mark.django_db
DESK = [
    "desk",
    "desk_attendance",
    "desk_import",
    "desk_materials",
    "desk_evaluation",
    "desk_groups",
]


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


@pytest.mark.parametrize("name", DESK)
def test_the_desk_exists_for_who_runs_sessions_only(els, cast, client_of, client, name):
    page, _people = full_session(2)
    assert els.get(url(name, page)).status_code == 200
    for user in (cast.anna, cast.daan):
        assert client_of(user).get(url(name, page)).status_code == 404
        assert client_of(user).post(url(name, page), {"registration": "x"}).status_code in (404, 405)
    assert client.get(url(name, page)).status_code == 302
    assert els.get(reverse(f"sessions:{name}", args=["bestaat-niet"])).status_code == 404


def test_staff_ticks_searches_and_takes_back(els):
    page, people = full_session(3)
    address = url("desk_attendance", page)
    one = people[0]
    for _twice in range(2):
        assert els.post(address, {"registration": one.pk}).status_code == 302
    assert Attendance.objects.count() == 1
    assert AuditEntry.objects.filter(action="attendance.noted").count() == 1
    assert one.user.get_full_name() in text(els.get(address, {"q": one.user.last_name}))
    assert "Niemand gevonden" in text(els.get(address, {"q": "zzz\x00zzz"}))
    els.post(address, {"registration": one.pk, "undo": "1"})
    assert not Attendance.objects.exists()
    for wrong in ("", "x", uuid.uuid4(), "\x00"):
        assert els.post(address, {"registration": wrong}).status_code == 302


def test_the_list_costs_the_same_queries_with_many_people(els, django_assert_max_num_queries):
    page, _people = full_session(25)
    els.get(url("desk_attendance", page))
    with django_assert_max_num_queries(16):
        els.get(url("desk_attendance", page))


def test_the_qr_code_leads_staff_to_one_button(els, client_of):
    page, (one, *_rest) = full_session(2)
    ticket = text(client_of(one.user).get(url("check_in", page)))
    assert "<svg" in ticket
    address = url("desk_person", page, one.pk)
    assert client_of(one.user).get(address).status_code == 404
    assert els.get(address).status_code == 200
    els.post(address)
    assert Attendance.objects.get().registration == one
    assert "staat genoteerd" in text(client_of(one.user).get(url("check_in", page))).lower()


def test_who_waits_cannot_be_present(els):
    page = make_session(capacity=1)
    sign_up(page)
    waiting = sign_up(page)
    els.post(url("desk_person", page, waiting.pk))
    els.post(url("desk_attendance", page), {"registration": waiting.pk})
    assert not Attendance.objects.exists()


def test_the_code_of_the_room_confirms_on_the_day_only(els, client_of):
    page, (one, *_rest) = full_session(2)
    assert els.post(url("desk_code", page)).status_code == 302
    code = CheckInCode.objects.get().code
    member_client = client_of(one.user)
    member_client.post(url("check_in", page), {"code": code})
    assert not Attendance.objects.exists()
    past(page)
    for wrong in ("", "ABC", "é" * 6, "x" * 10_000, "\x00"):
        assert member_client.post(url("check_in", page), {"code": wrong}).status_code == 200
    assert not Attendance.objects.exists()
    assert member_client.post(url("check_in", page), {"code": f" {code.lower()} "}).status_code == 302
    assert Attendance.objects.get().source == "code"


def test_who_has_no_seat_has_no_pages_of_a_participant(cast, client_of):
    page = past(full_session(1)[0])
    for name in ("check_in", "certificate", "evaluation", "group"):
        assert client_of(cast.daan).get(url(name, page)).status_code == 404


TEAMS = (
    "1. Summary\nMeeting title\tX\n\n2. Participants\nName\tFirst Join\tEmail\n{rows}\n"
    "3. In-Meeting Activities\nName\tJoin\n"
)


def upload(content):
    raw = content if isinstance(content, bytes) else content.encode("utf-16")
    return {"file": SimpleUploadedFile("lijst.csv", raw)}


def test_a_meetings_list_is_shown_first_and_noted_then(els):
    page, (one, two, three) = full_session(3)
    swapped = f"{two.user.last_name}, {two.user.first_name} (Guest)"
    rows = f"{one.user.get_full_name()}\t9:00\t{one.user.email}\n{swapped}\t9:01\t\nOnbekende Gast\t9:02\t"
    shown = text(els.post(url("desk_import", page), upload(TEAMS.format(rows=rows))))
    assert not Attendance.objects.exists()
    assert "Rij 8" in shown and "Onbekende Gast" in shown
    keys = re.findall(r'name="registration" value="([^"]+)"', shown)
    assert set(keys) >= {str(one.pk)}
    other = sign_up(make_session())
    els.post(url("desk_import", page), {"confirm": "1", "registration": [*keys, str(other.pk), "x"]})
    assert Attendance.objects.filter(registration=one, source="import").exists()
    assert not Attendance.objects.filter(registration__in=[three, other]).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"naam;e-mail\nJan;geen-adres\n;\n;x@example.org\n", "Rij 2"),
        (b"kleur;maat\nrood;3\n", "kolom"),
        (b"\x00\x01\x02\x03", "geen tabel"),
        (b"PK\x03\x04kapot", "werkmap"),
    ],
)
def test_a_broken_list_names_the_rows_and_writes_nothing(els, content, said):
    page, _people = full_session(2)
    answer = els.post(url("desk_import", page), upload(content))
    assert answer.status_code == 200
    assert said.lower() in text(answer).lower()
    assert 'name="confirm"' not in text(answer)
    assert not Attendance.objects.exists()


def test_without_presence_there_is_no_certificate_and_the_check_shows_no_more_than_name_and_session(
    els, client, client_of
):
    page, (there, absent, *_rest) = full_session(3, title="Het goede gesprek")
    page = past(page)
    els.post(url("desk_attendance", page), {"registration": there.pk})
    els.post(url("desk_certificates", page), {"hours": "veel"})
    assert not Certificate.objects.exists()
    for _twice in range(2):
        els.post(url("desk_certificates", page), {"hours": "1,5"})
    certificate = Certificate.objects.get()
    assert certificate.registration == there
    assert OutboxEntry.objects.filter(kind=KIND).count() == 1
    assert client_of(absent.user).get(url("certificate", page)).status_code == 404
    file = client_of(there.user).get(url("certificate", page))
    assert file["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(file.content))
    words = " ".join(part.extract_text() for part in reader.pages)
    assert "1,5" in words and certificate.name in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    check = reverse("sessions:certificate_check", args=[certificate.number])
    valid = text(client.get(check))
    assert "is geldig" in valid and certificate.name in valid
    assert there.user.email not in valid and there.organisation.name not in valid
    els.post(url("desk_attendance", page), {"registration": there.pk, "undo": "1"})
    invalid = text(client.get(check))
    assert "niet geldig" in invalid and certificate.name not in invalid
    unknown = client.get(reverse("sessions:certificate_check", args=["x" * 22]))
    assert unknown.status_code == 200 and "niet geldig" in text(unknown)


def test_a_practice_names_its_session_and_the_session_its_practice():
    page, _people = full_session(1)
    assert practice_of_session(page, None) == []
