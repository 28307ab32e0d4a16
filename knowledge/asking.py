"""Questions to the makers of an example, and answers."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.models import Comment, PracticePage
from knowledge.permissions import is_public, may_hide, may_review
from knowledge.texts import plain
from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import memberships_of
from lnpo.organisations.permissions import is_member
from lnpo.outbox.delivery import post


def comment(user: User, page: PracticePage, text: str, question: Comment | None = None) -> Comment:
    """Ask something about a published example, or answer; the owner or the asker is told by mail.

    Raises:
        PermissionDenied: the example is not published, the question was taken away, or no member.
        ValidationError: there is no text.

    """
    if not is_public(page) or not (is_member(user) or may_review(user)):
        raise PermissionDenied
    if question is not None and (question.page_id != page.pk or question.hidden_at or question.question_id):
        raise PermissionDenied
    text = plain(text)[:2000]
    if not text:
        raise ValidationError(_("Write your question or answer first."), code="empty")
    places = memberships_of(user)
    with transaction.atomic():
        made = Comment.objects.create(
            page=page,
            question=question,
            author=user,
            author_name=user.get_full_name() or _("A member"),
            organisation_name=places[0].organisation.name if places else "POS",
            text=text,
        )
        record(user, "comment.made", made)
        _tell(made, page, question)
        return made


def _tell(made: Comment, page: PracticePage, question: Comment | None) -> None:
    from knowledge.caring import addressee
    from knowledge.models import Stewardship

    receivers: set[User] = set()
    if question is not None and question.author is not None:
        receivers.add(question.author)
    stewardship = Stewardship.objects.filter(page=page).select_related("owner", "page").first()
    person = addressee(stewardship) if stewardship else None
    if question is None and person is not None:
        receivers.add(person)
    for receiver in receivers - {made.author}:
        assert receiver is not None
        post(
            f"knowledge.comment:{made.pk}:{receiver.pk}:1",
            "knowledge.comment",
            {"comment": made.pk, "user": receiver.pk},
        )


def hide(user: User, made: Comment) -> None:
    """Take a question or answer away; POS still sees it.

    Raises:
        PermissionDenied: neither who wrote it nor POS.

    """
    if not may_hide(user, made):
        raise PermissionDenied
    with transaction.atomic():
        Comment.objects.filter(pk=made.pk, hidden_at__isnull=True).update(hidden_at=timezone.now())
        record(user, "comment.hidden", made)
