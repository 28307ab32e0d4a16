"""The projection of everything that can be found, and what people ask for."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User

OFTEN = 3
MOST_EMPTY = 5000
"""Questions without results that are kept at once."""


class SearchEntry(models.Model):
    """One thing that can be found: a page, a goal. Everything here can be made anew from its source.

    ``organisation`` is empty for what everybody may read; otherwise only its members find it.
    ``indexed_as`` is the checksum of what our own index holds.
    """

    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=40)
    url = models.CharField(max_length=400)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    about = models.CharField(max_length=300, blank=True)
    organisation = models.UUIDField(null=True, db_index=True)
    published_on = models.DateField(null=True, db_index=True)
    checksum = models.CharField(max_length=32)
    indexed_as = models.CharField(max_length=32, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_per_object")]

    def __str__(self) -> str:
        return self.title


class SearchFacet(models.Model):
    """A property by which found things are counted and narrowed: theme, sector, level."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name", "value"], name="one_facet_per_value")]
        indexes = [models.Index(fields=["name", "value", "entry"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class SearchWord(models.Model):
    """A word that occurs somewhere public: what "did you mean" chooses from."""

    word = models.CharField(max_length=40, unique=True)
    times = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.word


class SynonymGroup(models.Model):
    """Words that mean the same, kept by POS beside those that come with the product."""

    terms = models.CharField(
        _("terms"),
        max_length=400,
        help_text=_(
            "Separated by commas: tlv, toelaatbaarheidsverklaring. Counts at once; "
            "with Elasticsearch after the index was made anew (rebuild_search)."
        ),
    )

    class Meta:
        ordering = ["terms"]
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")

    def __str__(self) -> str:
        return self.terms


class EmptySearchQuerySet(models.QuerySet["EmptySearch"]):
    """Set rules of searches without results."""

    def asked_often(self) -> Self:
        """What POS sees: what several people typed is a subject, what one typed may be about a person."""
        return self.filter(times__gte=OFTEN)

    def forget_old(self) -> int:
        """Delete what was not asked for a month and not often; say how many."""
        limit = timezone.localdate() - timedelta(days=30)
        return self.filter(times__lt=OFTEN, last_on__lt=limit).delete()[0]


class EmptySearch(models.Model):
    """A question that found nothing; nothing says who asked it."""

    text = models.CharField(_("question"), max_length=100, unique=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    last_on = models.DateField(_("last asked on"), default=timezone.localdate)

    objects = EmptySearchQuerySet.as_manager()

    class Meta:
        ordering = ["-times", "text"]
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")

    def __str__(self) -> str:
        return self.text


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Set rules of saved searches."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everybody has only the own ones."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class SavedSearch(models.Model):
    """A question that somebody keeps, to hear when something new fits.

    ``query`` is the address of the results without the page number; ``seen_up_to`` the highest entry that was
    there when the person was last told.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    query = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    seen_up_to = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="one_saved_search_per_question"),
            models.CheckConstraint(condition=~Q(query=""), name="saved_search_asks_something"),
        ]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title
