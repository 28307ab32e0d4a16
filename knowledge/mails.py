"""Mail about examples. Each handler looks again whether its mail should still go."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from knowledge.models import Comment, Contribution, ContributionState, PracticePage, Remark, Stewardship
from lnpo.accounts.models import User
from lnpo.outbox.handlers import handles


def _send(user: User | None, key: str, subject: str, lines: list[str], url: str, action: str) -> None:
    from lnpo.ui.mail import build_mail

    if user is None:
        return
    context = {"user": user, "subject": subject, "lines": lines, "url": url, "action": action}
    build_mail(name="knowledge/mail/note", context=context, to=user.email, message_id_key=key).send()


def _receiver(payload: dict[str, Any]) -> User | None:
    return User.objects.filter(pk=payload["user"], is_active=True).first()


@handles("knowledge.changes_asked")
def send_changes_asked(key: str, payload: dict[str, Any]) -> None:
    """The remarks of the editor, with the makers' own page; nothing when it was sent in again already."""
    found = Contribution.objects.filter(pk=payload["contribution"], state=ContributionState.CHANGES).first()
    remark = Remark.objects.filter(contribution=found).first() if found else None
    if found is None or remark is None:
        return
    with translation.override("nl"):
        _send(
            _receiver(payload),
            key,
            _("POS asks you to change something in “%(title)s”") % {"title": found.title},
            [_("POS has read your example. This should change first:"), remark.text],
            reverse("knowledge:edit", args=[found.pk]),
            _("Go on writing"),
        )


@handles("knowledge.published")
def send_published(key: str, payload: dict[str, Any]) -> None:
    """It can be read by everybody; nothing when it was taken down meanwhile."""
    found = Contribution.objects.filter(pk=payload["contribution"]).select_related("page").first()
    page = found.page if found else None
    if page is None or not page.live:
        return
    with translation.override("nl"):
        _send(
            _receiver(payload),
            key,
            _("Your example “%(title)s” is published") % {"title": page.title},
            [_("Your example stands in the knowledge base. Thank you for sharing it.")],
            page.url or "/",
            _("Look at it"),
        )


@handles("knowledge.review_due")
def send_review_due(key: str, payload: dict[str, Any]) -> None:
    """Look at it again; nothing when somebody already did, or it was taken down."""
    row = Stewardship.objects.filter(page=payload["page"], page__live=True).select_related("page").first()
    if row is None or str(row.review_on) != payload["review_on"]:
        return
    with translation.override("nl"):
        _send(
            _receiver(payload),
            key,
            _("Is “%(title)s” still right?") % {"title": row.page.title},
            [_("It is time to look at this example again. Still right? One click is enough.")],
            PracticePage.objects.get(pk=row.page_id).url or "/",
            _("Look at it"),
        )


@handles("knowledge.comment")
def send_comment(key: str, payload: dict[str, Any]) -> None:
    """A question or answer; nothing when it was taken away."""
    made = (
        Comment.objects.filter(pk=payload["comment"], hidden_at__isnull=True).select_related("page").first()
    )
    if made is None or not made.page.live:
        return
    with translation.override("nl"):
        asked = made.question_id is None
        subject = _("A question about “%(title)s”") if asked else _("An answer about “%(title)s”")
        _send(
            _receiver(payload),
            key,
            subject % {"title": made.page.title},
            [_("%(name)s writes:") % {"name": made.author_name}, made.text],
            f"{made.page.url}#vragen",
            _("Read it"),
        )
