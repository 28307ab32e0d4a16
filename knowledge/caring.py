"""Freshness: who keeps an example right, and who is reminded when. Nothing is taken down."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.models import Confirmation, PracticePage, Stewardship
from knowledge.models.around import a_year_from
from knowledge.permissions import may_care_for
from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import AccessRole, Membership
from lnpo.organisations.permissions import is_member
from lnpo.outbox.delivery import post

BEFORE = 30
"""Days before the day of review on which its owner is reminded; and once more on the day itself."""


def confirm(user: User, page: PracticePage, next_on: date | None = None) -> Confirmation:
    """Say that the example is still right; the text and its versions stay as they are.

    Raises:
        PermissionDenied: neither owner, nor manager of the organisation, nor POS.
        ValidationError: the next day is not in the future, or more than three years away.

    """
    if not may_care_for(user, page):
        raise PermissionDenied
    today = timezone.localdate()
    next_on = next_on or a_year_from(today)
    if not today < next_on <= today + timedelta(days=3 * 366):
        raise ValidationError(_("Choose a day between tomorrow and three years from now."), code="day")
    with transaction.atomic():
        Stewardship.objects.update_or_create(page=page, defaults={"review_on": next_on})
        confirmation = Confirmation.objects.create(
            page=page, by=user, by_name=user.get_full_name() or "POS", on=today, next_on=next_on
        )
        record(user, "practice.confirmed", page)
        from lnpo.page_cache import bump_site_on_commit

        bump_site_on_commit()
        return confirmation


def addressee(stewardship: Stewardship) -> User | None:
    """Who is reminded: the owner; if they left, a manager of the organisation; otherwise POS."""
    owner, page = stewardship.owner, stewardship.page
    if owner is not None and owner.is_active and (is_member(owner) or owner.is_pos):
        return owner
    managing = Membership.objects.current().filter(
        organisation=page.organisation_id, access_role=AccessRole.MANAGER, user__is_active=True
    )
    second = managing.select_related("user").order_by("pk").first()
    if second is not None:
        return second.user
    from lnpo.accounts.staff import EDITORS

    return User.objects.filter(groups__name=EDITORS, is_active=True).order_by("pk").first()


def remind(on: date | None = None) -> int:
    """Once a day: remind of reviews that come in :data:`BEFORE` days and of those that are due today.

    A day that was missed is made up for: the key of the mail is that of the day of review.
    """
    on = on or timezone.localdate()
    due = Stewardship.objects.filter(page__live=True, review_on__lte=on + timedelta(days=BEFORE))
    sent = 0
    for stewardship in due.select_related("page", "owner").iterator():
        person = addressee(stewardship)
        if person is None:
            continue
        turn = "due" if stewardship.review_on <= on else "before"
        with transaction.atomic():
            sent += post(
                f"knowledge.review_due:{stewardship.page_id}:{person.pk}:{stewardship.review_on}:{turn}",
                "knowledge.review_due",
                {"page": stewardship.page_id, "user": person.pk, "review_on": str(stewardship.review_on)},
            )
    return sent
