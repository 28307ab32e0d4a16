"""POS's screens around sessions, and what others may not do there."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from lnpo.audit.models import AuditEntry
from sessions.models import Registration, SeatPool, SessionPage
from sessions.permissions import grant_staff_permissions
from sessions.registration import Answers
from tests.sessions.factories import fresh, make_index, make_session, sign_up

pytestmark = pytest.mark.django_db

LISTINGS = ["session_seats:index", "session_registrations:index", "session_periods:index"]


@pytest.fixture
def els(cast, client_of):
    group = cast.els.groups.get()
    grant_staff_permissions(group)
    index = make_index()
    from django.contrib.auth.models import Permission

    for codename in ("add_page", "change_page", "delete_page", "publish_page", "bulk_delete_page"):
        permission = Permission.objects.filter(
            codename=codename, content_type__app_label="wagtailcore"
        ).first()
        if permission:
            GroupPagePermission.objects.create(group=group, page=index, permission=permission)
    return client_of(cast.els)


@pytest.mark.parametrize("name", LISTINGS)
def test_staff_sees_the_listings_and_members_do_not(els, cast, client_of, client, name):
    page = make_session(title="Het goede gesprek")
    sign_up(page)
    answer = els.get(reverse(name))
    assert answer.status_code == 200
    assert "Het goede gesprek" in answer.content.decode()
    for other in (client_of(cast.anna), client_of(cast.daan), client):
        assert other.get(reverse(name)).status_code in (302, 404)


def test_staff_without_the_right_sees_nothing(cast, client_of):
    sign_up(make_session())
    client = client_of(cast.els)
    for name in LISTINGS:
        assert client.get(reverse(name)).status_code == 302


def test_staff_raises_the_capacity_and_reads_who_moved_up(els):
    page = make_session(capacity=1)
    sign_up(page)
    sign_up(page)
    address = reverse("session_seats:edit", args=[page.all_pools[0].pk])
    assert els.get(address).status_code == 200
    assert (
        els.post(address, {"capacity": 3, "seats_per_organisation": "", "limited_until": ""}).status_code
        == 302
    )
    assert Registration.objects.confirmed().count() == 2
    assert AuditEntry.objects.get(action="seats.changed").actor.email == "els@example.org"
    wrong = els.post(address, {"capacity": 3, "seats_per_organisation": "", "limited_until": "2030-01-01"})
    assert wrong.status_code == 200
    assert "seats_per_organisation" in wrong.context["form"].errors


def test_staff_lowers_the_capacity_and_reads_that_nobody_is_out(els):
    page = make_session(capacity=2)
    sign_up(page), sign_up(page)
    address = reverse("session_seats:edit", args=[page.all_pools[0].pk])
    els.post(address, {"capacity": 1})
    assert Registration.objects.confirmed().count() == 2
    assert SeatPool.objects.get().capacity == 1


def test_staff_sets_the_period(els):
    page = make_session()
    address = reverse("session_periods:edit", args=[page.pk])
    assert els.get(address).status_code == 200
    els.post(address, {"opens_at": "2026-01-02 09:00", "closes_at": "2026-01-01 09:00", "cancel_until": ""})
    assert fresh(page).admission.opens_at is None
    day = timezone.localdate() + timedelta(days=3)
    els.post(address, {"opens_at": "", "closes_at": "", "cancel_until": day.isoformat()})
    assert fresh(page).admission.cancel_until == day


def test_staff_calls_a_session_off_with_a_reason(els):
    page = make_session()
    address = reverse("session_periods:call_off", args=[page.pk])
    assert els.get(address).status_code == 200
    assert els.post(address, {"reason": ""}).status_code == 200
    assert not fresh(page).admission.is_called_off
    assert els.post(address, {"reason": "Ziekte."}).status_code == 302
    assert fresh(page).admission.called_off_reason == "Ziekte."


def test_staff_cancels_for_somebody_with_a_reason(els, cast, client_of):
    registration = sign_up(make_session())
    address = reverse("session_registrations:cancel", args=[registration.pk])
    assert els.get(address).status_code == 200
    client_of(cast.anna).post(address, {"reason": "x"})
    assert Registration.objects.get().is_live
    assert els.post(address, {"reason": "Belde af."}).status_code == 302
    assert not Registration.objects.get().is_live
    assert AuditEntry.objects.get(action="registration.cancelled").reason == "Belde af."


def test_an_export_never_holds_a_formula(els):
    registration = sign_up(
        make_session(title="Sessie"), answers=Answers('=HYPERLINK("https://evil.example")')
    )
    registration.user.last_name = "+31 Jansen"
    registration.user.save()
    address = reverse("session_registrations:index")
    content = b"".join(els.get(address + "?export=csv").streaming_content).decode()
    row = list(csv.reader(io.StringIO(content)))[1]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert "'+31 Jansen" in row
    sheet = els.get(address + "?export=xlsx")
    cells = openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active
    assert all(cell.data_type != "f" for row in cells.iter_rows() for cell in row)


def test_listing_and_export_cost_the_same_queries_with_many_rows(els, django_assert_max_num_queries):
    page = make_session(capacity=5)
    for _ in range(25):
        sign_up(page)
    els.get(reverse("session_registrations:index"))
    with django_assert_max_num_queries(40):
        els.get(reverse("session_registrations:index"))
    with django_assert_max_num_queries(40):
        b"".join(els.get(reverse("session_registrations:index") + "?export=csv").streaming_content)


def test_a_session_with_registrations_is_not_deleted(els):
    page = make_session()
    sign_up(page)
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert els.post(address).status_code == 302
    assert els.post(reverse("wagtailadmin_pages:delete", args=[page.get_parent().pk])).status_code == 302
    assert SessionPage.objects.filter(pk=page.pk).exists()
    empty = make_session()
    els.post(reverse("wagtailadmin_pages:delete", args=[empty.pk]))
    assert not SessionPage.objects.filter(pk=empty.pk).exists()


def test_several_pages_at_once_neither(els):
    page = make_session()
    sign_up(page)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    els.post(f"{address}?id={page.pk}")
    assert SessionPage.objects.filter(pk=page.pk).exists()


def test_staff_writes_a_session_page_with_preview(els):
    page = make_session()
    edit = els.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 200
    assert b'name="audience"' in edit.content
    preview = page.make_preview_request()
    assert preview.status_code == 200
    assert (
        els.get(
            reverse("wagtailadmin_pages:add", args=["lnpo_sessions", "sessionpage", make_index().pk])
        ).status_code
        == 200
    )


def test_a_new_session_can_be_previewed_before_it_is_saved(els):
    page, index = make_session(), make_index()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["lnpo_sessions", "sessionpage", index.pk])
    form = {
        "title": "Nieuw",
        "slug": "",
        "topic": page.topic_id,
        "format": "online",
        "starts_at": "2030-01-01 10:00",
        "ends_at": "2030-01-01 12:00",
        "lead": "Kort.",
        "intro": "null",
        "report": "null",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    for name in ("agenda", "preparation", "takeaways"):
        form[f"{name}-count"] = 0
    assert els.post(address, form).json()["is_valid"]
    answer = els.get(address)
    assert answer.status_code == 200
    assert "Nieuw" in answer.content.decode()


def test_a_page_that_ends_before_it_starts_is_refused():
    from django.core.exceptions import ValidationError

    page = make_session()
    page.ends_at = page.starts_at
    with pytest.raises(ValidationError):
        page.full_clean()
    page.ends_at = page.starts_at + timedelta(hours=1)
    page.format = "on_site"
    with pytest.raises(ValidationError):
        page.full_clean()


def test_the_dashboard_shows_the_coming_sessions(els):
    make_session(title="Van plan naar doel")
    answer = els.get(reverse("wagtailadmin_home"))
    assert "Van plan naar doel" in answer.content.decode()


def test_a_copy_in_the_cms_keeps_the_number_of_seats(els):
    page = make_session(capacity=12)
    sign_up(page)
    els.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": page.get_parent().pk},
    )
    copy = SessionPage.objects.get(slug="kopie")
    assert [(pool.capacity, pool.taken) for pool in copy.all_pools] == [(12, 0)]
