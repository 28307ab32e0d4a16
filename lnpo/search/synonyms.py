"""The synonyms in force: those that come with the product and those that POS keeps."""

from lnpo.search.analysis import Alternative, own_synonyms, read_synonyms
from lnpo.search.models import SynonymGroup
from lnpo.ui.site_memory import remembered


def synonym_lines() -> list[str]:
    """All groups, each as terms separated by commas."""
    return [*own_synonyms(), *SynonymGroup.objects.values_list("terms", flat=True)]


def synonyms() -> dict[Alternative, list[Alternative]]:
    """What else a word may be called."""
    return remembered("search synonyms", lambda: read_synonyms(synonym_lines()))
