"""Every page of the demo, opened by everybody: nothing fails, and what is private stays so."""

import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.shortcuts import render
from django.test import Client, RequestFactory, TestCase
from django.urls import get_resolver, reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from home import demo
from home.blocks import PictureBlock
from lnpo import errors
from lnpo.accounts.models import User
from lnpo.mailbox import FileBackend
from sessions.models import Registration
from templates.library.models import GoalTemplateVersion
from templates.workspace.models import Activity, Deployment, Goal, Indicator, Plan
from tests.access.test_every_address import POST_ONLY

NOT_FOR_EACH_MEMBER = {"workspace:activity_answer", "workspace:goal_share"}
ONLY_POSTED = {*POST_ONLY, "workspace:year_close", "workspace:year_open"}
CAST = ["anna", "bram", "carla", "femke", "daan", "els"]
ACCOUNT = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "usersessions_list",
]


class DemoPages(TestCase):
    """Reads only; the demo is loaded once."""

    @classmethod
    def setUpTestData(cls):
        demo.load()

    def person(self, name):
        client = Client()
        client.force_login(User.objects.get(email=f"{name}@example.org"))
        return client

    def addresses(self):
        return [page.get_url() for page in Page.objects.live().filter(depth__gt=1).order_by("path")]

    def test_a_visitor_reads_every_public_page(self):
        addresses = self.addresses()
        assert len(addresses) > 40
        for address in [*addresses, "/robots.txt", "/sitemap.xml", "/account/login/"]:
            assert self.client.get(address).status_code == 200, address

    def test_everybody_reads_every_public_page_and_the_own_start(self):
        for name in ("anna", "femke", "els"):
            client = self.person(name)
            for address in [*self.addresses()[::3], "/", "/mijn/", "/werkruimte/"]:
                assert client.get(address, follow=True).status_code == 200, (name, address)

    def test_everybody_opens_the_own_account(self):
        for name in ("anna", "els"):
            client = self.person(name)
            for pattern in ACCOUNT:
                answer = client.get(reverse(pattern), follow=True)
                assert answer.status_code == 200, (name, pattern)

    def test_a_visitor_reads_the_doors_of_login(self):
        for path in ("signup/", "password/reset/", "password/reset/done/", "inactive/", "confirm-email/"):
            assert self.client.get(f"/account/{path}").status_code == 200, path
        answer = self.client.post("/account/login/", {"login": "anna@example.org", "password": "wrong"})
        assert answer.status_code == 200

    def test_staff_who_open_the_login_of_the_cms_come_to_the_one_login(self):
        answer = self.person("els").get("/beheer/login/")
        assert answer.status_code == 302
        assert answer["Location"] == "/account/login/"

    def test_files_that_do_not_exist_are_not_found(self):
        for address in ("/media/images/none.png", "/documenten/1/none.pdf", "/media/images/../secret_key"):
            assert self.client.get(address).status_code == 404, address

    def rows(self):
        """One row of everything that has an address in the workspace of the demo."""
        plan = Plan.objects.unscoped("Anna's plan is opened as everybody").get(
            organisation__name__contains="SWV Passend Onderwijs Lindestreek"
        )
        reason = "each is opened as everybody"
        indicators = Indicator.objects.unscoped(reason).filter(goal__plan=plan)
        return {
            "organisation_id": plan.organisation_id,
            "goal_id": indicators.first().goal_id,
            "indicator_id": indicators.first().pk,
            "activity_id": Activity.objects.unscoped(reason).filter(goal__plan=plan).first().pk,
            "deployment_id": Deployment.objects.unscoped(reason).filter(plan=plan).first().pk,
            "year": plan.first_year,
        }

    def workspace_addresses(self):
        ids = self.rows()
        patterns = next(e for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "workspace")
        for pattern in patterns.url_patterns:
            names = pattern.pattern.converters
            if (
                "organisation_id" in names
                and f"workspace:{pattern.name}" not in ONLY_POSTED | NOT_FOR_EACH_MEMBER
            ):
                yield reverse(f"workspace:{pattern.name}", kwargs={name: ids[name] for name in names})
        goals = Goal.objects.unscoped("every goal is opened").current()
        for goal in goals.filter(plan__organisation=ids["organisation_id"]).select_related("plan"):
            yield reverse("workspace:goal", args=[goal.plan.organisation_id, goal.pk])

    def test_the_workspace_of_the_demo_opens_for_its_members_and_for_nobody_else(self):
        addresses = list(self.workspace_addresses())
        assert len(addresses) > 15
        for name in CAST:
            client = self.person(name)
            for address in addresses:
                status = client.get(address).status_code
                if name in ("anna", "bram"):
                    assert status == 200, (name, address)
                elif name in ("daan", "els"):
                    assert status == 404, (name, address)
                else:
                    assert status in (200, 403, 404), (name, address)

    def test_a_page_of_the_workspace_takes_few_statements(self):
        anna, ids = self.person("anna"), self.rows()
        for address in (
            reverse("workspace:overview", args=[ids["organisation_id"]]),
            reverse("workspace:goal", args=[ids["organisation_id"], ids["goal_id"]]),
        ):
            anna.get(address)
            with self.subTest(address), self.assertNumQueries(AtMost(20)):
                anna.get(address)

    def test_the_page_for_taking_over_a_template_says_who_may(self):
        version = GoalTemplateVersion.objects.filter(page__live=True).first()
        address = reverse("workspace:adoption_start", args=[version.pk])
        assert self.person("anna").get(address).status_code == 200
        assert self.person("femke").get(address).status_code == 403
        assert self.person("els").get("/werkruimte/").status_code == 200

    def test_two_people_who_change_one_goal_see_both_texts(self):
        ids = self.rows()
        goal = Goal.objects.unscoped("the goal that two people change").get(pk=ids["goal_id"])
        address = reverse("workspace:goal_edit", args=[ids["organisation_id"], goal.pk])
        form = self.person("bram").get(address).context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        first, second = typed | {"title": "Wat Bram schreef"}, typed | {"title": "Wat Anna schreef"}
        assert self.person("bram").post(address, first).status_code == 302
        answer = self.person("anna").post(address, second)
        assert answer.status_code == 409
        self.assertContains(answer, "Wat Bram schreef", status_code=409)
        self.assertContains(answer, "Wat Anna schreef", status_code=409)

    def test_the_start_page_shows_what_somebody_is_registered_for(self):
        registration = Registration.objects.select_related("user").filter(user__isnull=False).first()
        assert registration is not None
        client = Client()
        client.force_login(registration.user)
        assert client.get("/mijn/").status_code == 200


class AtMost(int):
    """A number of statements that may be fewer."""

    def __eq__(self, other):
        return other <= int(self)

    def __hash__(self):
        return int(self)


def test_mail_of_the_local_settings_can_be_read(db, client):
    message = EmailMultiAlternatives("Onderwerp", "Tekst <b>", to=["anna@example.org"])
    message.attach("afspraak.ics", "BEGIN:VCALENDAR", "text/calendar")
    FileBackend().send_messages([message])
    name = max(Path(settings.MAILBOX_DIR).glob("*.eml")).stem
    assert b"Onderwerp" in client.get("/mail/").content
    detail = client.get(f"/mail/{name}/")
    assert b"Tekst &lt;b&gt;" in detail.content
    assert b"BEGIN:VCALENDAR" in client.get(f"/mail/{name}/afspraak.ics").content
    assert client.get(f"/mail/{name}/anders.ics").status_code == 404
    assert client.get(f"/mail/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.permission_denied, 403), (errors.too_many_requests, 429)],
)
def test_error_pages_are_dutch_and_carry_a_number(db, view, status):
    answer = view(RequestFactory().get("/"))
    assert answer.status_code == status
    assert b'lang="nl"' in answer.content
    assert b"<code>" in answer.content


def test_the_pages_for_our_own_failures_are_dutch(db):
    request = RequestFactory().get("/")
    assert b'lang="nl"' in errors.server_error(request).content
    assert b'lang="nl"' in render(request, "503.html").content


def test_a_picture_on_a_content_page_says_what_there_is_to_see(db):
    image = Image.objects.create(title="Kring", file=get_test_image_file())
    value = {"image": {"image": image.pk, "alt_text": "Een kring van mensen", "decorative": False}}
    html = PictureBlock().to_python({**value, "caption": "De kring"}).render_as_block()
    assert 'alt="Een kring van mensen"' in html
    assert "De kring" in html
