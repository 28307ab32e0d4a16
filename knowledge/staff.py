"""Screens of POS for review, reports and themes. They stand behind the guard of ``/beheer/``."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import reviewing
from knowledge.contributing import preview_page
from knowledge.forms import RemarksForm
from knowledge.models import Comment, Contribution, ContributionState, PracticePage, Stewardship, UsageState
from knowledge.page_context import story_of
from knowledge.permissions import may_review
from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.topics.models import Topic

MOST_ROWS = 200


def _editor(request: HttpRequest) -> User:
    user = request.user
    if not (isinstance(user, User) and may_review(user)):
        raise PermissionDenied
    return user


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, with its age, who took it, and how often it came back."""
    _editor(request)
    rows = (
        Contribution.objects.in_review()
        .select_related("organisation", "author", "claimed_by", "topic", "page")
        .annotate(rounds=Count("remarks"))[:MOST_ROWS]
    )
    now = timezone.now()
    listed = [(row, (now - row.submitted_at).days if row.submitted_at else 0) for row in rows]
    return render(request, "knowledge/staff/queue.html", {"rows": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read one, take it, ask for changes, or publish."""
    editor = _editor(request)
    found = (
        Contribution.objects.select_related("organisation", "author", "page", "claimed_by")
        .filter(pk=pk)
        .first()
    )
    if found is None or found.state in (ContributionState.DRAFT, ContributionState.WITHDRAWN):
        raise Http404
    form = RemarksForm(request.POST if "ask" in request.POST else None)
    if request.method == "POST":
        done = _carry_out(request, editor, found, form)
        if done is not None:
            return done
    page = preview_page(found)
    context = {
        "contribution": found,
        "practice": page,
        "story": story_of(page),
        "form": form,
        "remarks": found.remarks.select_related("editor"),
        "files": found.attachments.all(),
    }
    return render(request, "knowledge/staff/review.html", context)


def _carry_out(
    request: HttpRequest, editor: User, found: Contribution, form: RemarksForm
) -> HttpResponse | None:
    if "claim" in request.POST:
        reviewing.claim(editor, found)
        return redirect("practice_review", found.pk)
    if "publish" in request.POST:
        reviewing.approve(editor, found)
        messages.success(request, _("Published. The makers get a mail."))
        return redirect("practice_queue")
    if form.is_valid():
        try:
            reviewing.ask_for_changes(editor, found, form.cleaned_data["remarks"])
        except ValidationError as error:
            form.add_error("remarks", error)
            return None
        messages.success(request, _("Sent back. The makers get a mail with your remarks."))
        return redirect("practice_queue")
    return None


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Late reviews, most used practice, and the newest questions."""
    _editor(request)
    late = Stewardship.objects.filter(page__live=True, review_on__lt=timezone.localdate())
    used = Q(usage__state=UsageState.IN_USE)
    most_used = PracticePage.objects.live().annotate(users=Count("usage", filter=used)).filter(users__gt=0)
    context = {
        "late": late.select_related("page", "owner")[:MOST_ROWS],
        "most_used": most_used.order_by("-users", "title")[:20],
        "comments": Comment.objects.select_related("page").order_by("-created_at")[:20],
    }
    return render(request, "knowledge/staff/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: HttpRequest) -> HttpResponse:
    """Give several examples another theme at once."""
    editor = _editor(request)
    if request.method == "POST":
        key = request.POST.get("topic", "")
        topic = Topic.objects.filter(key=key).first() if Topic.objects.knows(key) else None
        numbers = [
            int(n) for n in request.POST.getlist("page") if n.isascii() and n.isdigit() and len(n) < 10
        ]
        if topic is None or not numbers:
            messages.error(request, _("Choose a theme and at least one example."))
        else:
            done = change_theme(editor, numbers, topic)
            messages.success(request, _("%(number)s examples now have this theme.") % {"number": done})
            return redirect("practice_themes")
    pages = PracticePage.objects.select_related("topic").order_by("topic__sort_order", "title")[:500]
    return render(request, "knowledge/staff/themes.html", {"pages": pages, "topics": Topic.objects.all()})


def change_theme(editor: User, numbers: list[int], topic: Topic) -> int:
    """Give these examples another theme, each with a revision, so that a draft does not turn it back.

    Raises:
        PermissionDenied: no POS editor.

    """
    if not may_review(editor):
        raise PermissionDenied
    done = 0
    with transaction.atomic():
        for page in PracticePage.objects.filter(pk__in=numbers).exclude(topic=topic):
            was: Any = page.topic
            latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
            page.topic = topic
            page.save(update_fields=["topic"])
            draft = latest or page
            draft.topic = topic
            draft.save_revision(user=editor, log_action=True)
            record(editor, "practice.theme_changed", page, changes={"topic": (was, topic)})
            done += 1
        from lnpo.page_cache import bump_site_on_commit

        bump_site_on_commit()
    return done
