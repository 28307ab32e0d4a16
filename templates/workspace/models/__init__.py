"""The rows of a workspace."""

from templates.workspace.models.deployment import Activity, Deployment
from templates.workspace.models.keeping import LegalItem, PeriodLock, Share
from templates.workspace.models.plan import (
    ConversationQuestion,
    Goal,
    Indicator,
    Measurement,
    Plan,
    PlannedResource,
)
from templates.workspace.models.upstream import UpstreamMerge

__all__ = [
    "Activity",
    "ConversationQuestion",
    "Deployment",
    "Goal",
    "Indicator",
    "LegalItem",
    "Measurement",
    "PeriodLock",
    "Plan",
    "PlannedResource",
    "Share",
    "UpstreamMerge",
]
