"""What a page of an example shows around its own fields."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from knowledge.evidence import Evidence
from knowledge.glossary import with_links
from knowledge.models.around import Comment, Confirmation, PracticeVersion, Stewardship, a_year_from
from knowledge.models.practice import PracticePage
from knowledge.texts import clean
from lnpo.organisations.models import AccessRole
from lnpo.ui.pages import only_public


def story_of(page: PracticePage) -> list[tuple[str, SafeString]]:
    """The story in headed pieces, terms linked at their first use when the page wants that."""
    pieces = [
        (_("What did we do?"), page.approach),
        (_("What came of it?"), page.result),
        (_("What would we do differently?"), page.different),
    ]
    told: list[tuple[str, str]] = [(heading, clean(html)) for heading, html in pieces if html]
    plain: list[tuple[str, str]] = [
        (
            block.value["heading"],
            render_to_string("knowledge/blocks/text.html", {"text": block.value["text"]}),
        )
        for block in page.body
    ]
    parts = told + plain if page.approach else plain + told
    htmls = (
        with_links([html for _heading, html in parts]) if page.link_terms else [html for _h, html in parts]
    )
    return [
        (heading, mark_safe(html))  # noqa: S308  # cleaned above
        for (heading, _html), html in zip(parts, htmls, strict=True)
    ]


def around(page: PracticePage, request: HttpRequest) -> dict[str, Any]:
    """Story, related pages, use, freshness and questions."""
    context: dict[str, Any] = {"story": story_of(page)}
    # A preview holds its relations in memory; a published page has them in the database.
    templates = [template for template in page.goal_templates.all() if template.live]
    public = set(only_public(type(templates[0]).objects).values_list("pk", flat=True)) if templates else set()
    context["related_templates"] = [template for template in templates if template.pk in public][:4]
    context["more"] = PracticePage.objects.published().filter(topic=page.topic).exclude(pk=page.pk)[:3]
    session = page.session
    if session is not None:
        context["session"] = only_public(type(session).objects).filter(pk=session.pk).first()
    if page.pk is None:
        return context
    context["files"] = page.attachments.all()
    context |= _care(page)
    context |= _people(page, request)
    return context


def _care(page: PracticePage) -> dict[str, Any]:
    from knowledge.using import shown_use
    from knowledge.versions import citation

    version = PracticeVersion.objects.filter(page=page).defer("content").first()
    return {
        "stewardship": Stewardship.objects.filter(page=page).first(),
        "confirmation": Confirmation.objects.filter(page=page).first(),
        "version": version,
        "citation": citation(page, version) if version else "",
        "use": shown_use(page),
        "evidence_rules": Evidence,
    }


def _people(page: PracticePage, request: HttpRequest) -> dict[str, Any]:
    """What a signed-in person sees and may do; nothing for a visitor, whose page everybody shares."""
    from knowledge.forms import CommentForm, ConfirmForm, UsageForm, organisations_of
    from knowledge.permissions import may_care_for, may_review
    from lnpo.organisations.permissions import is_member

    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "is_preview", False):
        return {}
    comments = list(Comment.objects.visible_to(user).filter(page=page).select_related("page"))
    questions = [comment for comment in comments if comment.question_id is None]
    for question in questions:
        question.shown_answers = [row for row in comments if row.question_id == question.pk]  # type: ignore[attr-defined]
    found: dict[str, Any] = {"questions": questions, "may_review": may_review(user)}
    if is_member(user) or found["may_review"]:
        found["comment_form"] = CommentForm()
    if organisations_of(user, AccessRole.CONTRIBUTOR).exists():
        found["usage_form"] = UsageForm(user)
    if may_care_for(user, page):
        found["confirm_form"] = ConfirmForm(initial={"next_on": a_year_from(timezone.localdate())})
    return found
