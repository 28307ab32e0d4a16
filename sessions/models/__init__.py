"""What a session is (pages), how many may come (seats), and who comes (registrations)."""

from sessions.models.guests import GuestRequest
from sessions.models.pages import SessionIndexPage, SessionPage
from sessions.models.registrations import Registration
from sessions.models.seats import Admission, SeatPool

__all__ = ["Admission", "GuestRequest", "Registration", "SeatPool", "SessionIndexPage", "SessionPage"]
