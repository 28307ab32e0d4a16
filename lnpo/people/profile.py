"""The verb of a profile: somebody saves what they tell about themselves, and to whom."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction

from lnpo.accounts.models import User
from lnpo.audit.trail import changed_fields, record
from lnpo.people.models import Profile

ON_THE_ACCOUNT = ("first_name", "last_name", "job_title")
TOLD = ("offers", "seeks", "phone", "linkedin")
SHOWN = ("listed", "show_email", "show_photo", "show_offers", "show_seeks", "show_phone", "show_linkedin")


def profile_of(user: User) -> Profile:
    """The profile of ``user``; one that was never saved shows nothing to anybody."""
    return Profile.objects.select_related("user").filter(user=user).first() or Profile(user=user)


@transaction.atomic
def save(
    actor: User,
    owner: User,
    values: dict[str, Any],
    *,
    photo: ContentFile[bytes] | None = None,
    remove_photo: bool = False,
) -> Profile:
    """Save the profile of ``owner``; a new portrait takes the place of the old one.

    The audit trail is never emptied, so it keeps who may read what, and only whether a text is there.

    Raises:
        PermissionDenied: it is the profile of somebody else.

    """
    if actor.pk != owner.pk or not actor.is_active:
        raise PermissionDenied
    person = User.objects.select_for_update().get(pk=owner.pk)
    profile, _made = Profile.objects.get_or_create(user=person)
    profile.user = person
    on_account = {name: values[name] for name in ON_THE_ACCOUNT}
    told = {name: values[name] for name in TOLD}
    shown = {name: values[name] for name in SHOWN}
    changes = changed_fields(person, on_account) | changed_fields(profile, shown)
    for name, (old, new) in changed_fields(profile, told).items():
        changes[name] = (bool(old), bool(new))
    for name, value in on_account.items():
        setattr(person, name, value)
    for name, value in {**told, **shown}.items():
        setattr(profile, name, value)
    if photo is not None or (remove_photo and profile.photo):
        changes["photo"] = (bool(profile.photo), photo is not None)
        _replace_photo(profile, photo)
    if changes:
        person.save(update_fields=list(ON_THE_ACCOUNT))
        profile.save()
        record(actor, "profile.changed", profile, changes=changes)
    return profile


def _replace_photo(profile: Profile, photo: ContentFile[bytes] | None) -> None:
    """Put the new portrait in place; the old file goes once the change really stands."""
    old, storage = profile.photo.name, profile.photo.storage
    if old:
        transaction.on_commit(lambda: storage.delete(old))
    if photo is None:
        profile.photo = ""  # type: ignore[assignment]
    else:
        profile.photo.save(photo.name or "portrait", photo, save=False)
