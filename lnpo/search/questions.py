"""Questions as they stand in an address: which parameters there are, and how they read."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lnpo.organisations.models import JobRole
from lnpo.search.backends.base import FACETS
from lnpo.search.sources import sources
from lnpo.topics.models import InspectionArea, Sector, Topic
from lnpo.ui.site_memory import remembered

PARAMETERS = {
    "kind": "soort",
    "topic": "thema",
    "area": "gebied",
    "sector": "sector",
    "level": "niveau",
    "role": "rol",
    "evidence": "bewijs",
    "organisation": "organisatie",
    "year": "jaar",
}
"""Facets by the name that they have in addresses, which are Dutch and stay the same."""
TITLES = {
    "kind": gettext_lazy("Kind"),
    "topic": gettext_lazy("Theme"),
    "area": gettext_lazy("Area of the Inspectorate"),
    "sector": gettext_lazy("Sector"),
    "level": gettext_lazy("Level"),
    "role": gettext_lazy("For whom"),
    "evidence": gettext_lazy("Evidence"),
    "organisation": gettext_lazy("Organisation"),
    "year": gettext_lazy("Year"),
}
MOST_VALUES = 10
"""Values of one facet that count or are shown."""

_labels: dict[str, dict[str, Any]] = {}


def name_values(facet: str, labels: dict[str, Any]) -> None:
    """Announce how the values of a facet read, in ``AppConfig.ready``."""
    _labels.setdefault(facet, {}).update(labels)


def chosen_in(query: QueryDict) -> dict[str, tuple[str, ...]]:
    """What was chosen per facet; at most :data:`MOST_VALUES` values each, and nothing that cannot be one."""
    return {
        name: tuple(
            dict.fromkeys(
                value
                for value in query.getlist(PARAMETERS[name])
                if value and "\x00" not in value and len(value) <= 60
            )
        )[:MOST_VALUES]
        for name in FACETS
    }


def label_of(facet: str, value: str) -> str:
    """How a value of a facet reads."""
    if facet == "kind":
        source = sources().get(value)
        return str(source.label) if source else value
    if facet == "topic":
        titles = remembered("topic titles", lambda: dict(Topic.objects.values_list("key", "title")))
        return titles.get(value, value)
    own: dict[str, dict[Any, Any]] = {
        "area": dict(InspectionArea.choices),
        "sector": {Sector.PRIMARY: _("Primary education"), Sector.SECONDARY: _("Secondary education")},
        "role": dict(JobRole.choices),
    }
    return str(own.get(facet, _labels.get(facet, {})).get(value, value))


def question_title(text: str, chosen: dict[str, tuple[str, ...]]) -> str:
    """A question in words: “verzuim”, Praktijkvoorbeelden, Primair onderwijs."""
    parts = [f"“{text}”"] if text else []
    parts += [label_of(name, value) for name, values in chosen.items() for value in values]
    return ", ".join(parts)
