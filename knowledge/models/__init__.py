"""What the app keeps: practice and its versions, contributions of members, use, freshness, and terms."""

from knowledge.evidence import Evidence
from knowledge.models.around import (
    Comment,
    Confirmation,
    PracticeVersion,
    Stewardship,
    Usage,
    UsageChange,
    UsageState,
)
from knowledge.models.contributions import Attachment, Contribution, ContributionState, Remark
from knowledge.models.glossary import GlossaryTerm
from knowledge.models.practice import (
    PAGE_SIZE,
    Audience,
    PracticeIndexPage,
    PracticeKind,
    PracticePage,
    PracticeQuerySet,
)

__all__ = [
    "PAGE_SIZE",
    "Attachment",
    "Audience",
    "Comment",
    "Confirmation",
    "Contribution",
    "ContributionState",
    "Evidence",
    "GlossaryTerm",
    "PracticeIndexPage",
    "PracticeKind",
    "PracticePage",
    "PracticeQuerySet",
    "PracticeVersion",
    "Remark",
    "Stewardship",
    "Usage",
    "UsageChange",
    "UsageState",
]
