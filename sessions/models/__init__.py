"""What a session is (pages), how many may come (seats), and who comes (registrations)."""

from sessions.models.attendance import Attendance, Certificate, CheckInCode, Material
from sessions.models.evaluation import (
    Evaluation,
    EvaluationQuestion,
    EvaluationSheet,
    EvaluationTicket,
)
from sessions.models.groups import GroupSeat, LearningGroup
from sessions.models.guests import GuestRequest
from sessions.models.links import CalendarFeed, HandOver, StaffMessage
from sessions.models.pages import SessionIndexPage, SessionPage
from sessions.models.registrations import Registration
from sessions.models.seats import Admission, SeatPool
from sessions.models.series import Answer, MailPlan, Question, SessionSeries

__all__ = [
    "Admission",
    "Answer",
    "Attendance",
    "CalendarFeed",
    "Certificate",
    "CheckInCode",
    "Evaluation",
    "EvaluationQuestion",
    "EvaluationSheet",
    "EvaluationTicket",
    "GroupSeat",
    "GuestRequest",
    "HandOver",
    "LearningGroup",
    "MailPlan",
    "Material",
    "Question",
    "Registration",
    "SeatPool",
    "SessionIndexPage",
    "SessionPage",
    "SessionSeries",
    "StaffMessage",
]
