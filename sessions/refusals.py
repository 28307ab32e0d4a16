"""Why registering or cancelling is not possible, in words for the member."""

from django.utils.translation import gettext as _

from sessions.standing import StandingState


class RegistrationRefusedError(Exception):
    """Registering or cancelling is not possible; ``str()`` is the reason for the member."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return ""

    def __str__(self) -> str:
        return self.sentence()


class RegistrationClosedError(RegistrationRefusedError):
    """The registration period is over, or the session has been."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("Registration for this session is closed.")


class NotYetOpenError(RegistrationRefusedError):
    """Registration opens later."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("Registration for this session is not open yet.")


class SessionCalledOffError(RegistrationRefusedError):
    """The session does not go on."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("This session has been called off.")


class NotAMemberError(RegistrationRefusedError):
    """Only members of the network register, on behalf of an organisation of their own."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("Only members of the network can register.")


class CancellationClosedError(RegistrationRefusedError):
    """It is too late to cancel."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("Cancelling on the site is no longer possible. Please call or mail us.")


REFUSALS = {
    StandingState.CALLED_OFF: SessionCalledOffError,
    StandingState.PAST: RegistrationClosedError,
    StandingState.CLOSED: RegistrationClosedError,
    StandingState.NOT_YET_OPEN: NotYetOpenError,
}
