"""Profile: what somebody tells about the own work, with for every field who may read it."""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from lnpo.accounts.models import User
from lnpo.organisations.models import Membership, memberships_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def private_files() -> FileSystemStorage:
    """Portraits lie outside what the web server gives away; a view asks who wants to see one."""
    return FileSystemStorage(location=settings.DATA_DIR / "portraits", base_url=None)


class Visibility(models.TextChoices):
    """Who may read a field of a profile."""

    NOBODY = "nobody", _("Only me")
    ORGANISATION = "organisation", _("People of my organisation")
    NETWORK = "network", _("All members of the network")


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Set rules of profiles."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Your own; for members those of people whose presence they may know of.

        That is whoever shows the network that they take part, and colleagues of an organisation of the
        own who show it to these. A visitor and a guest see none but their own.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Q(user=user)
        if not memberships_of(user) and not user.is_pos:
            return self.filter(own)
        here = Membership.objects.current()
        colleagues = here.filter(
            organisation__in=[one.organisation_id for one in memberships_of(user)]
        ).values("user")
        shown = Q(listed=Visibility.NETWORK) | Q(listed=Visibility.ORGANISATION, user__in=colleagues)
        open_accounts = Q(user__is_active=True, user__in=here.values("user"))
        return self.filter(own | (shown & open_accounts))

    def with_work(self) -> Self:
        """Each with its person, and where that person works today as ``user.current_memberships``."""
        here = Membership.objects.current().select_related("organisation").order_by("organisation__name")
        work = Prefetch("user__memberships", here, to_attr="current_memberships")
        return self.select_related("user").prefetch_related(work)

    def telling(self, text: str) -> Self:
        """Those in whom every word of ``text`` is found; only in what all members may read."""
        found = self
        for word in text.split()[:8]:
            names = Q(user__first_name__icontains=word) | Q(user__last_name__icontains=word)
            works = Membership.objects.current().filter(organisation__name__icontains=word).values("user")
            offers = Q(show_offers=Visibility.NETWORK, offers__icontains=word)
            seeks = Q(show_seeks=Visibility.NETWORK, seeks__icontains=word)
            function = Q(user__job_title__icontains=word)
            found = found.filter(names | function | Q(user__in=works) | offers | seeks)
        return found


class Profile(models.Model):
    """What one person tells. Everything is for nobody until the person says otherwise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile", verbose_name=_("person")
    )
    offers = models.TextField(_("What I can help with"), max_length=1000, blank=True)
    seeks = models.TextField(_("What I am looking for"), max_length=1000, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    linkedin = models.URLField(_("LinkedIn"), max_length=200, blank=True)
    photo = models.FileField(_("portrait"), storage=private_files, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="nl")
    listed = models.CharField(
        _("name and function"), max_length=12, choices=Visibility, default=Visibility.NOBODY
    )
    show_email = models.CharField(
        _("e-mail address"), max_length=12, choices=Visibility, default=Visibility.NOBODY
    )
    show_offers = models.CharField(
        _("what I can help with"), max_length=12, choices=Visibility, default=Visibility.NOBODY
    )
    show_seeks = models.CharField(
        _("what I am looking for"), max_length=12, choices=Visibility, default=Visibility.NOBODY
    )
    show_phone = models.CharField(
        _("telephone"), max_length=12, choices=Visibility, default=Visibility.NOBODY
    )
    show_linkedin = models.CharField(
        _("LinkedIn"), max_length=12, choices=Visibility, default=Visibility.NOBODY
    )
    show_photo = models.CharField(_("portrait"), max_length=12, choices=Visibility, default=Visibility.NOBODY)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.user)

    def shown(self, name: str, *, to_colleague: bool) -> Any:
        """The value of ``name`` for another member, or an empty text when it is not for them."""
        wanted = getattr(self, f"show_{name}")
        if wanted == Visibility.NETWORK or (wanted == Visibility.ORGANISATION and to_colleague):
            return self.user.email if name == "email" else getattr(self, name)
        return ""
