"""What sessions add to the CMS: a menu, a panel on the dashboard, and a guard over registrations."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from sessions import staff_planning
from sessions.guest_staff import GuestViewSet
from sessions.models import Registration, SessionPage
from sessions.permissions import may_see_registrations
from sessions.planning import copy_arrangements
from sessions.staff_planning import AllSessionsGroup

SHOWN = 5


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_sessions() -> AllSessionsGroup:
    """Show the menu to whoever may view seats or registrations."""
    return AllSessionsGroup()


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_guests() -> GuestViewSet:
    """Show guests to whoever may view them."""
    return GuestViewSet()


class ComingSessionsPanel(Component):  # type: ignore[misc]
    """On the dashboard: the coming sessions with their seats."""

    name = "coming_sessions"
    template_name = "lnpo_sessions/staff/coming_sessions.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The next sessions, in a constant number of queries."""
        return {"sessions": SessionPage.objects.upcoming()[:SHOWN]}


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def add_coming_sessions(request: HttpRequest, panels: list[Any]) -> None:
    """For whoever may see registrations."""
    if may_see_registrations(request.user):
        panels.append(ComingSessionsPanel())


def refusal_to_delete(pages: list[Page]) -> str:
    """Why these pages (with all below them) cannot be deleted; empty when they can."""
    below = Page.objects.none()
    for page in pages:
        below |= Page.objects.descendant_of(page, inclusive=True)
    taken = Registration.objects.filter(page__in=below.values("pk"))
    if not taken.exists():
        return ""
    return _(
        "This page stays: people have registered for a session on it. "
        "Call the session off, or unpublish the page, so that it is known who was there."
    )


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
def keep_sessions_with_registrations(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Deleting a page never deletes registrations."""
    reason = refusal_to_delete([page])
    if not reason:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def keep_sessions_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponseBase | None:
    """The same for several pages at once."""
    if action_type != "delete" or not objects or not isinstance(objects[0], Page):
        return None
    reason = refusal_to_delete(objects)
    if not reason:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore_root")


@hooks.register("after_copy_page")  # type: ignore[untyped-decorator]
def copy_the_number_of_seats(request: HttpRequest, page: Page, new_page: Page) -> None:
    """A copied session starts empty, with the seats, limits, questions and mails of the first."""
    session, copy = (SessionPage.objects.filter(pk=found.pk).first() for found in (page, new_page))
    if session is not None and copy is not None:
        copy_arrangements(session, copy)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def register_planning() -> list[URLPattern]:
    """Mails, cloning, writing and moving."""
    return [
        path("sessies/<int:pk>/mails/", staff_planning.mails, name="session_mails"),
        path("sessies/<int:pk>/kopie/", staff_planning.clone, name="session_clone"),
        path("sessies/<int:pk>/schrijven/", staff_planning.write, name="session_write"),
        path("sessies/reeks/<uuid:pk>/kopie/", staff_planning.clone_a_series, name="session_series_clone"),
        path(
            "sessies/aanmelding/<uuid:pk>/verplaatsen/",
            staff_planning.move_somebody,
            name="session_registration_move",
        ),
    ]
