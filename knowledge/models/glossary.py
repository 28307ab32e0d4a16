"""GlossaryTerm: a word of the field, what it means, and the other words that people use for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GlossaryTerm(models.Model):
    """One word of the glossary; also the source of synonyms in search."""

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    term = models.CharField(_("term"), max_length=120)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    explanation = models.TextField(_("explanation"), max_length=2000, blank=True)
    synonyms = models.TextField(
        _("other words"), max_length=2000, blank=True, help_text=_("One on each line; search finds them all.")
    )
    links = models.BooleanField(
        _("link in articles"), default=True, help_text=_("Link the word to its explanation at first use.")
    )

    class Meta:
        ordering = ["term"]
        verbose_name = _("term")
        verbose_name_plural = _("glossary")

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("knowledge:term", args=[self.slug])

    @property
    def other_words(self) -> list[str]:
        """The synonyms, one by one."""
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]
