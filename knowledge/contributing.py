"""Verbs of the makers: begin, revise, save, send in, withdraw."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.evidence import MEASURED_RULE, Evidence, measured_indicators
from knowledge.models import (
    Attachment,
    Contribution,
    ContributionState,
    PracticeIndexPage,
    PracticePage,
)
from knowledge.permissions import may_care_for, may_contribute, may_edit, may_write_for
from knowledge.texts import as_html, as_plain, plain
from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.organisations.models import Organisation

PLAIN = ("title", "lead", "context", "cost", "effect")
TOLD = ("approach", "result", "different")
CHOSEN = ("organisation", "topic", "sector", "level", "session", "evidence", "kind", "audience")
NEEDED = ("title", "lead", "context", "approach", "result", "topic")
MOST_AUTHORS_LINE = 255


class StaleError(Exception):
    """Raised when somebody else saved the contribution since this person opened it."""


def begin(user: User, organisation: Organisation, title: str) -> Contribution:
    """Begin an example for one's own organisation.

    Raises:
        PermissionDenied: no member, or not of this organisation.

    """
    if not (may_contribute(user) and may_write_for(user, organisation)):
        raise PermissionDenied
    with transaction.atomic():
        contribution = Contribution.objects.create(author=user, organisation=organisation, title=plain(title))
        record(user, "contribution.begun", contribution, organisation=organisation)
        return contribution


def revise(user: User, page: PracticePage, organisation: Organisation) -> Contribution:
    """Begin to revise a published example; what readers see stays until the revision is published.

    Raises:
        PermissionDenied: not the owner, nor a manager of the organisation, nor POS.
        ValidationError: somebody is revising it already.

    """
    if not may_care_for(user, page):
        raise PermissionDenied
    story = [f"## {block.value['heading']}\n\n{block.value['text']}" for block in page.body]
    values: dict[str, Any] = {name: getattr(page, name) for name in (*PLAIN, *CHOSEN)}
    values.update({name: as_plain(getattr(page, name)) for name in TOLD})
    values["approach"] = "\n\n".join(filter(None, [values["approach"], *story]))
    values["organisation"] = page.organisation or organisation
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(
                author=user, page=page, indicator_uid=page.indicator_uid, **values
            )
            contribution.goal_templates.set(page.goal_templates.all())
            for file in page.attachments.all():
                Attachment.objects.create(
                    contribution=contribution,
                    file=file.file.name,
                    name=file.name,
                    content_type=file.content_type,
                    size=file.size,
                    added_by=file.added_by,
                )
            record(user, "contribution.begun", contribution, organisation=contribution.organisation)
            return contribution
    except IntegrityError as error:
        raise ValidationError(_("Somebody is already revising this example."), code="open") from error


def save(user: User, contribution: Contribution, data: dict[str, Any], version: int) -> int:
    """Save what was typed; the new version number.

    Args:
        user: who saves.
        contribution: what was opened.
        data: fields of the contribution; ``co_authors`` and ``goal_templates`` as lists.
        version: the number that this person opened.

    Raises:
        PermissionDenied: not one of the makers, not of the organisation, or it is being reviewed.
        StaleError: somebody else saved meanwhile.

    """
    organisation = data.get("organisation") or contribution.organisation
    if not may_edit(user, contribution):
        raise PermissionDenied
    if organisation.pk != contribution.organisation_id and not may_write_for(user, organisation):
        raise PermissionDenied
    many = {name: data[name] for name in ("co_authors", "goal_templates") if name in data}
    values = {name: value for name, value in data.items() if name not in many}
    for name in (*PLAIN, *TOLD):
        if name in values:
            values[name] = plain(values[name])
    with transaction.atomic():
        saved = Contribution.objects.filter(
            pk=contribution.pk,
            version=version,
            state__in=[ContributionState.DRAFT, ContributionState.CHANGES],
        ).update(**values, version=F("version") + 1, changed_at=timezone.now())
        if not saved:
            raise StaleError
        contribution.refresh_from_db()
        for name, chosen in many.items():
            getattr(contribution, name).set(chosen)
        record(user, "contribution.saved", contribution, organisation=organisation)
    return version + 1


def send_in(user: User, contribution: Contribution) -> None:
    """Send it to POS: it becomes an unpublished page, or a draft beside the published one, in the workflow.

    Raises:
        PermissionDenied: not one of the makers, or it is being reviewed already.
        ValidationError: something that readers need is missing; per field.

    """
    if not may_edit(user, contribution):
        raise PermissionDenied
    check_complete(user, contribution)
    with transaction.atomic():
        taken = Contribution.objects.filter(
            pk=contribution.pk, state__in=[ContributionState.DRAFT, ContributionState.CHANGES]
        ).update(state=ContributionState.WAITING, submitted_at=timezone.now(), claimed_by=None)
        if not taken:
            raise PermissionDenied
        page = put_on_page(contribution)
        Contribution.objects.filter(pk=contribution.pk).update(page=page)
        contribution.refresh_from_db()
        page.save_revision(user=None, log_action=False)
        # Nobody is named as the one who asks: Wagtail would mail them a link into the CMS.
        _start_review(page)
        record(user, "contribution.sent_in", contribution, organisation=contribution.organisation)


def _start_review(page: PracticePage) -> None:
    workflow = page.get_workflow()
    state = page.current_workflow_state
    if state is not None:
        state.resume(user=None) if state.status == state.STATUS_NEEDS_CHANGES else state.cancel(user=None)
        if page.current_workflow_state is not None:
            return
    if workflow is not None:
        workflow.start(page, None)


def check_complete(user: User, contribution: Contribution) -> None:
    """Refuse what readers cannot use yet.

    Raises:
        ValidationError: per field, what is missing.

    """
    problems: dict[str, Any] = {
        name: _("Fill this in before you send it in.") for name in NEEDED if not getattr(contribution, name)
    }
    if contribution.evidence == Evidence.MEASURED:
        possible = measured_indicators(user, contribution.organisation)
        if not contribution.indicator_uid or not possible.filter(pk=contribution.indicator_uid).exists():
            problems["evidence"] = MEASURED_RULE
    if problems:
        raise ValidationError(problems)


def put_on_page(contribution: Contribution) -> PracticePage:
    """The page with the text of the contribution: a new unpublished one, or the live one, not saved yet."""
    values: dict[str, Any] = {name: getattr(contribution, name) for name in (*PLAIN, *CHOSEN)}
    values.update({name: as_html(getattr(contribution, name)) for name in TOLD})
    values["author_line"] = authors_line(contribution)
    values["search_description"] = contribution.lead[:255]
    values["body"] = []
    measured = contribution.evidence == Evidence.MEASURED
    values["indicator_uid"] = contribution.indicator_uid if measured else None
    values["measured_with"] = _name_of_indicator(contribution) if measured else ""
    page = contribution.page
    if page is None:
        index = PracticeIndexPage.objects.get()
        page = PracticePage(**values, slug=_free_slug(index, contribution.title), live=False)
        page.has_unpublished_changes = True
        index.add_child(instance=page)
    else:
        page = page.get_latest_revision_as_object() if page.latest_revision else page
        for name, value in values.items():
            setattr(page, name, value)
        page.full_clean()
    page.goal_templates = list(contribution.goal_templates.all())
    return page


def preview_page(contribution: Contribution) -> PracticePage:
    """The page as it would become; nothing is saved."""
    values: dict[str, Any] = {name: getattr(contribution, name) for name in (*PLAIN, *CHOSEN)}
    values.update({name: as_html(getattr(contribution, name)) for name in TOLD})
    return PracticePage(**values, author_line=authors_line(contribution), live=False)


def _name_of_indicator(contribution: Contribution) -> str:
    from templates.workspace.models import Indicator

    found = (
        Indicator.objects.unscoped("the maker chose to name it").filter(pk=contribution.indicator_uid).first()
    )
    return found.name if found else ""


def authors_line(contribution: Contribution) -> str:
    """Names of the makers if they agree, and otherwise of their organisations when there are several."""
    people = (
        [contribution.author, *contribution.co_authors.all()] if contribution.pk else [contribution.author]
    )
    places = [contribution.organisation.name]
    for person in people[1:]:
        for membership in person.memberships.current().select_related("organisation")[:1]:  # type: ignore[attr-defined]
            if membership.organisation.name not in places:
                places.append(membership.organisation.name)
    joined = ", ".join(places)
    if contribution.name_authors:
        joined = f"{', '.join(person.get_full_name() for person in people)} ({joined})"
    elif len(places) == 1:
        return ""
    return joined[:MOST_AUTHORS_LINE]


def _free_slug(index: PracticeIndexPage, title: str) -> str:
    base = slugify(title)[:80].strip("-") or "voorbeeld"
    taken = set(Page.objects.child_of(index).filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= {"bijdragen", "begrippen", "bestand", "voorbeeld"}
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def withdraw(user: User, contribution: Contribution) -> None:
    """Throw a draft away, or take back what was sent in; a published page stays as it is.

    Raises:
        PermissionDenied: only the author does this, and not after it was published.

    """
    open_states = [ContributionState.DRAFT, ContributionState.WAITING, ContributionState.CHANGES]
    if contribution.author_id != user.pk:
        raise PermissionDenied
    with transaction.atomic():
        taken = Contribution.objects.filter(pk=contribution.pk, state__in=open_states).update(
            state=ContributionState.WITHDRAWN
        )
        if not taken:
            raise PermissionDenied
        page = contribution.page
        if page is not None and page.current_workflow_state is not None:
            page.current_workflow_state.cancel(user=None)
        record(user, "contribution.withdrawn", contribution, organisation=contribution.organisation)
