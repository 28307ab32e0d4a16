"""Review by POS: claim, ask for changes, publish. The workflow of the CMS and our own screen do the same."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask

from knowledge.models import (
    Attachment,
    Contribution,
    ContributionState,
    PracticeIndexPage,
    PracticePage,
    Remark,
    Stewardship,
)
from knowledge.models.around import a_year_from
from knowledge.permissions import may_review
from lnpo.accounts.models import User
from lnpo.accounts.staff import EDITORS
from lnpo.audit.trail import record
from lnpo.outbox.delivery import post

WORKFLOW = "Praktijkvoorbeelden"


def prepare_workflow() -> None:
    """The workflow of the knowledge base: one step, by POS editors; may run again."""
    from django.contrib.auth.models import Group

    index = PracticeIndexPage.objects.first()
    if index is None or WorkflowPage.objects.filter(page=index.page_ptr).exists():
        return
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _made = GroupApprovalTask.objects.get_or_create(name="Beoordelen door POS")
    task.groups.add(Group.objects.get(name=EDITORS))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.create(workflow=workflow, page=index.page_ptr)


def claim(editor: User, contribution: Contribution) -> None:
    """Say that one takes this review; claiming it oneself again lets it go.

    Raises:
        PermissionDenied: no POS editor.

    """
    if not may_review(editor):
        raise PermissionDenied
    with transaction.atomic():
        mine = contribution.claimed_by_id == editor.pk
        Contribution.objects.filter(pk=contribution.pk, state=ContributionState.WAITING).update(
            claimed_by=None if mine else editor
        )
        record(editor, "contribution.claimed", contribution)


def ask_for_changes(editor: User, contribution: Contribution, remarks: str) -> None:
    """Give it back to its makers with remarks, which they read on their own page and by mail.

    Raises:
        PermissionDenied: no POS editor, or it is not waiting.
        ValidationError: there are no remarks.

    """
    if not remarks.strip():
        raise ValidationError(_("Write what should change: the makers read it."), code="remarks")
    with transaction.atomic():
        _task(editor, contribution).reject(user=editor, comment=remarks.strip())


def approve(editor: User, contribution: Contribution) -> None:
    """Publish it.

    Raises:
        PermissionDenied: no POS editor, or it is not waiting.

    """
    with transaction.atomic():
        _task(editor, contribution).approve(user=editor)


def _task(editor: User, contribution: Contribution) -> Any:
    if not may_review(editor) or contribution.state != ContributionState.WAITING or contribution.page is None:
        raise PermissionDenied
    state = contribution.page.current_workflow_state
    if state is None or state.current_task_state is None:
        raise PermissionDenied
    return state.current_task_state.specific


def note_rejection(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """The step was refused, through whichever screen: the makers get it back with the remarks."""
    page = getattr(instance.workflow_state.content_object, "specific", None)
    if not isinstance(page, PracticePage):
        return
    with transaction.atomic():
        for contribution in Contribution.objects.filter(page=page, state=ContributionState.WAITING):
            Contribution.objects.filter(pk=contribution.pk).update(state=ContributionState.CHANGES)
            text = instance.comment or _("Please look at it again.")
            remark = Remark.objects.create(contribution=contribution, editor=user, text=text)
            record(user, "contribution.returned", contribution, organisation=contribution.organisation)
            _tell(contribution, "knowledge.changes_asked", str(remark.pk))


def note_publication(instance: PracticePage, **kwargs: Any) -> None:
    """An example was published: its version is kept, its files are for everybody, its makers are told."""
    from knowledge.versions import keep_version

    with transaction.atomic():
        keep_version(instance)
        waiting = Contribution.objects.filter(page=instance, state=ContributionState.WAITING).first()
        Stewardship.objects.get_or_create(
            page=instance,
            defaults={
                "owner": waiting.author if waiting else None,
                "review_on": a_year_from(timezone.localdate()),
            },
        )
        if waiting is None:
            return
        Contribution.objects.filter(pk=waiting.pk).update(state=ContributionState.PUBLISHED)
        Attachment.objects.filter(page=instance).exclude(contribution=waiting).update(page=None)
        waiting.attachments.update(page=instance)
        Stewardship.objects.filter(page=instance, owner__isnull=True).update(owner=waiting.author)
        record(None, "contribution.published", waiting, organisation=waiting.organisation)
        _tell(waiting, "knowledge.published", str(waiting.version))


def _tell(contribution: Contribution, kind: str, turn: str) -> None:
    for person in {contribution.author, *contribution.co_authors.all()}:
        post(
            f"{kind}:{contribution.pk}:{person.pk}:{turn}",
            kind,
            {"contribution": str(contribution.pk), "user": person.pk},
        )
