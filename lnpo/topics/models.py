"""Topic: one word for the same subject in sessions, practice and goals."""

from django.core.validators import slug_re
from django.db import models
from django.utils.translation import gettext_lazy as _


class InspectionArea(models.TextChoices):
    """The four areas of the Inspectorate's report of 6 October 2023; a lens for reflection, not a score."""

    SUPPORT_NEEDS = "ondersteuningsbehoeften", _("Focus on the support needs of pupils")
    CYCLIC = "cyclisch", _("Cyclic quality management")
    STAKEHOLDERS = "betrokkenen", _("Involving and activating stakeholders")
    CULTURE = "cultuur", _("Culture of trust and transparency")


class TopicQuerySet(models.QuerySet["Topic"]):
    """Set rules of themes."""

    def knows(self, key: str) -> bool:
        """Whether there is a theme with this key; what cannot be a key never reaches the database."""
        return bool(slug_re.match(key)) and self.filter(key=key).exists()


class Topic(models.Model):
    """A theme ("thema") of the network, such as "Verzuim en thuiszitters"."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"), blank=True)
    area = models.CharField(
        _("area of the Inspectorate"), max_length=30, choices=InspectionArea, blank=True, default=""
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_order", "title"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.title


class Sector(models.TextChoices):
    """Primary or secondary education, or both."""

    PRIMARY = "po", _("po")
    SECONDARY = "vo", _("vo")
    BOTH = "po-vo", _("po and vo")
