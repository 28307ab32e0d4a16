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


class EnoughDatesError(RegistrationRefusedError):
    """Somebody is registered for as many dates of a series as the series allows."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("You are registered for another date of this series. Cancel that one first.")


class OfferEndedError(RegistrationRefusedError):
    """Nobody said yes in time, or the seat was never offered."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("This offer has ended. The seat went to whoever was next.")


class NoSeatThereError(RegistrationRefusedError):
    """There is no free seat in the other pool."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("There is no free seat on the other side. You keep the place you have.")


class NoSwitchError(RegistrationRefusedError):
    """The session does not allow to switch, or not any more."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("Switching between on site and online is not possible, or no longer.")


class NotToHandOverError(RegistrationRefusedError):
    """There is no seat to hand over, or whoever opens the link has one already."""

    def sentence(self) -> str:
        """Why, in one sentence."""
        return _("This seat cannot be handed over to you: it is no longer free to give, or you have one.")


REFUSALS = {
    StandingState.CALLED_OFF: SessionCalledOffError,
    StandingState.PAST: RegistrationClosedError,
    StandingState.CLOSED: RegistrationClosedError,
    StandingState.NOT_YET_OPEN: NotYetOpenError,
}
