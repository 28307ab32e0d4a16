"""User: a person who signs in with an e-mail address."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Make users with a lower-case e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; without ``password`` nobody can sign in until one is set by mail."""
        if not email:
            message = "A user needs an e-mail address."
            raise ValueError(message)
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with all rights, for the first administrator of an installation."""
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The address in lower case: one person, one account."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by address, whatever the case."""
        return self.get(email=self.normalize_email(username))


class User(AbstractUser):
    """A person: member of organisations, or POS staff. Signs in by e-mail address."""

    username = None  # type: ignore[assignment]
    uuid = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("This e-mail address is already in use.")},
    )
    job_title = models.CharField(_("function"), max_length=120, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        ordering = ["last_name", "first_name", "email"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in lower case, whichever door it came through."""
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)

    @cached_property
    def is_pos(self) -> bool:
        """Whether this person is POS staff: may open the CMS at ``/beheer/``."""
        if not self.is_active or self.is_superuser:
            return self.is_active
        # One question instead of reading all permissions; staff get this right through a group only.
        access = {
            "permissions__codename": "access_admin",
            "permissions__content_type__app_label": "wagtailadmin",
        }
        return self.groups.filter(**access).exists()
