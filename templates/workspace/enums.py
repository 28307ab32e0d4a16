"""Fixed lists of the workspace."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    """A plan for four school years, or for one."""

    SUPPORT = "support", _("Support plan")
    YEAR = "year", _("Annual plan")


class Light(models.TextChoices):
    """How a goal or indicator stands. Not reported is no judgement."""

    ON_COURSE = "op_koers", _("On course")
    ATTENTION = "aandacht", _("Asks for attention")
    STUCK = "loopt_vast", _("Is stuck")
    REACHED = "behaald", _("Reached")
    UNKNOWN = "onbekend", _("Not reported")


class ActivityStatus(models.TextChoices):
    """How far an activity is."""

    PLANNED = "gepland", _("Planned")
    RUNNING = "loopt", _("Running")
    DELAYED = "vertraagd", _("Delayed")
    DONE = "klaar", _("Done")
    STOPPED = "gestopt", _("Stopped")


class Stage(models.TextChoices):
    """Which of the three amounts."""

    BUDGETED = "begroot", _("Budgeted")
    GRANTED = "toegekend", _("Granted")
    REALISED = "gerealiseerd", _("Realised")


class MoneySource(models.TextChoices):
    """Where money comes from."""

    SWV = "swv", _("Means of the samenwerkingsverband")
    LUMPSUM = "lumpsum", _("Lumpsum of the board")
    MUNICIPALITY = "gemeente", _("Municipality")
    RESERVES = "reserves", _("Reserves")


class NoticedLevel(models.IntegerChoices):
    """The default rubric of a noticeable indicator."""

    NOT_YET = 1, _("Not yet noticed")
    HERE_AND_THERE = 2, _("Noticed here and there")
    MOSTLY = 3, _("Noticed in most places")
    EVERYWHERE = 4, _("Noticed everywhere")


class LegalStatus(models.TextChoices):
    """How far a part that the law asks for is."""

    OPEN = "open", _("Not begun")
    BUSY = "bezig", _("Being worked on")
    DONE = "klaar", _("Done")
    NOT_APPLICABLE = "nvt", _("Does not apply")


class Acceptance(models.TextChoices):
    """What the one who is made responsible says to it."""

    ASKED = "gevraagd", _("Waits for a yes")
    ACCEPTED = "ja", _("Accepted")
    HANDED_BACK = "terug", _("Handed back")


class InspectionArea(models.TextChoices):
    """The four areas of attention of the Inspectorate, for self-reflection."""

    NEEDS = "ondersteuningsbehoeften", _("Focus on what pupils need")
    CYCLE = "cyclisch", _("Cyclical quality management")
    PEOPLE = "betrokkenen", _("Involving people and setting them in motion")
    CULTURE = "cultuur", _("A culture of trust and openness")
