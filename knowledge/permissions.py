"""Policies of the knowledge base; the docstring is the policy."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission

from knowledge.models import Comment, Contribution, PracticePage
from lnpo.accounts.models import User
from lnpo.accounts.second_factor import has_second_factor
from lnpo.organisations.models import AccessRole, Organisation
from lnpo.organisations.permissions import has_role, is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, Group

    Person = User | AnonymousUser


def may_contribute(user: "Person") -> bool:
    """Every member of the network may write an example."""
    return is_member(user)


def may_write_for(user: "Person", organisation: Organisation) -> bool:
    """Readers and up write for their own organisation; observers do not."""
    return has_role(user, organisation, AccessRole.READER)


def may_edit(user: "Person", contribution: Contribution) -> bool:
    """The author and co-authors write, while it is a draft or changes are asked."""
    return (
        contribution.can_be_edited
        and Contribution.objects.visible_to(user).filter(pk=contribution.pk).exists()
    )


def may_review(user: Any) -> bool:
    """POS with a second factor reviews and publishes."""
    return isinstance(user, User) and user.is_pos and has_second_factor(user)


def may_care_for(user: "Person", page: PracticePage) -> bool:
    """The owner, managers of the organisation whose practice it is, and POS revise it and say it is right."""
    if may_review(user):
        return True
    if not user.is_authenticated:
        return False
    stewardship = getattr(page, "stewardship", None)
    if stewardship is not None and stewardship.owner_id == user.pk and is_member(user):
        return True
    return page.organisation is not None and has_role(user, page.organisation, AccessRole.MANAGER)


def may_speak_for(user: "Person", organisation: Organisation) -> bool:
    """Contributors and managers say for their organisation whether it uses an example."""
    return has_role(user, organisation, AccessRole.CONTRIBUTOR)


def may_hide(user: "Person", comment: Comment) -> bool:
    """Whoever wrote it, and POS, take a question or answer away."""
    return may_review(user) or (user.is_authenticated and comment.author_id == user.pk)


def is_public(page: PracticePage) -> bool:
    """Published, and behind no restriction."""
    return PracticePage.objects.published().filter(pk=page.pk).exists()


def grant_staff_permissions(group: "Group") -> None:
    """POS editors keep the themes, the glossary and who cares for which example."""
    for app, model in (("topics", "topic"), ("knowledge", "glossaryterm"), ("knowledge", "stewardship")):
        wanted = [f"{action}_{model}" for action in ("add", "change", "delete", "view")]
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=wanted))
