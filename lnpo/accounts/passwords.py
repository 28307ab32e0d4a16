"""Password rules beyond Django's own: length counts, composition does not."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class MaximumLengthValidator:
    """Refuse passwords longer than ``max_length``, so that hashing cannot be used to tire the server."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: object = None) -> None:
        """Raise ``ValidationError`` when the password is too long."""
        if len(password) > self.max_length:
            raise ValidationError(
                _("This password is too long. Use at most %(max)d characters."),
                code="password_too_long",
                params={"max": self.max_length},
            )

    def get_help_text(self) -> str:
        """One sentence for beside the field."""
        return ngettext(
            "Your password may have at most %(max)d character.",
            "Your password may have at most %(max)d characters.",
            self.max_length,
        ) % {"max": self.max_length}
