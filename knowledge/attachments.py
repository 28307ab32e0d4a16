"""Files with an example: add, remove, and clean up what no example carries."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.models import Attachment, Contribution, ContributionState
from knowledge.models.contributions import private_storage
from knowledge.permissions import may_edit
from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.ui.uploads import check_upload

MOST_FILES = 10
KEPT_FOR = timedelta(days=1)
"""How old a file without a row must be before it is removed: an upload may still be under way."""


def attach(user: User, contribution: Contribution, file: Any) -> Attachment:
    """Keep a file with a contribution, privately.

    Raises:
        PermissionDenied: not one of the makers, or it is being reviewed.
        ValidationError: the file is not welcome, or there are too many.

    """
    if not may_edit(user, contribution):
        raise PermissionDenied
    if contribution.attachments.count() >= MOST_FILES:
        raise ValidationError(_("An example has at most %(most)s files.") % {"most": MOST_FILES}, code="many")
    checked = check_upload(file)
    stored = private_storage().save(checked.stored_name, checked.content)
    with transaction.atomic():
        attachment = Attachment.objects.create(
            contribution=contribution,
            file=stored,
            name=checked.shown_name,
            content_type=checked.content_type,
            size=checked.content.size,
            added_by=user,
        )
        record(user, "attachment.added", attachment, organisation=contribution.organisation)
        return attachment


def detach(user: User, attachment: Attachment) -> None:
    """Take a file out of a contribution; what is published keeps it until the revision is published.

    Raises:
        PermissionDenied: not one of the makers, or it is being reviewed.

    """
    contribution = attachment.contribution
    if contribution is None or not may_edit(user, contribution):
        raise PermissionDenied
    with transaction.atomic():
        record(user, "attachment.removed", attachment, organisation=contribution.organisation)
        if attachment.page_id is None:
            attachment.delete()
        else:
            Attachment.objects.filter(pk=attachment.pk).update(contribution=None)


def clean_up() -> int:
    """Remove files that no example carries: withdrawn, replaced, or of broken uploads."""
    Attachment.objects.filter(page=None, contribution__state=ContributionState.WITHDRAWN).delete()
    Attachment.objects.filter(page=None, contribution=None).delete()
    Attachment.objects.filter(page=None, contribution__state=ContributionState.PUBLISHED).delete()
    storage = private_storage()
    if not storage.exists(""):
        return 0
    kept = set(Attachment.objects.values_list("file", flat=True))
    old = timezone.now() - KEPT_FOR
    removed = 0
    for name in storage.listdir("")[1]:
        if name not in kept and storage.get_modified_time(name) < old:
            storage.delete(name)
            removed += 1
    return removed
