"""Where what can be found comes from. Apps announce their sources; search knows none of them."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Projection:
    """What is kept of one thing.

    ``about`` is the line below a result (who, when); ``facets`` are pairs of name and value;
    ``organisation`` is set when only its members may find it.
    """

    kind: str
    object_id: str
    url: str
    title: str
    text: str = ""
    about: str = ""
    published_on: date | None = None
    organisation: UUID | None = None
    facets: tuple[tuple[str, str], ...] = field(default=())

    @property
    def checksum(self) -> str:
        """Changes when anything that is kept changes."""
        content = json.dumps(
            [self.url, self.title, self.text, self.about, str(self.published_on), str(self.organisation)]
            + [list(pair) for pair in sorted(self.facets)]
        )
        return hashlib.md5(content.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    Args:
        kind: its name in addresses and entries.
        label: what people call it, plural.
        icon: shown with each result.
        findable: a query set of everything that may be found by anybody at all, drafts left out.
        project: what is kept of one object.
        visible: of these ids, those that this user may see now; the last word over every result.
        page_model: the Wagtail page type, when it is one.

    """

    kind: str
    label: Any
    icon: str
    findable: Callable[[], Any]
    project: Callable[[Any], Projection]
    visible: Callable[[Any, Iterable[str]], set[str]]
    page_model: type[Any] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Announce a source, in ``AppConfig.ready``."""
    _sources[source.kind] = source


def sources() -> dict[str, Source]:
    """All sources by kind, in the order in which the apps announced them."""
    return _sources


def page_source(
    kind: str,
    label: Any,
    icon: str,
    model: type[Any],
    project: Callable[[Any], Projection],
    related: Iterable[str] = (),
) -> Source:
    """The source of a type of public pages: what is published and stands behind no restriction."""
    from lnpo.ui.pages import only_public

    def findable() -> Any:
        return only_public(model._default_manager.select_related(*related))

    def visible(user: Any, ids: Iterable[str]) -> set[str]:
        return {
            str(pk)
            for pk in only_public(model._default_manager.filter(pk__in=ids)).values_list("pk", flat=True)
        }

    return Source(kind, label, icon, findable, project, visible, model)


def plain(*parts: Any) -> str:
    """The text of rich text, stream blocks and strings, without markup, for the projection."""
    from django.utils.html import strip_tags
    from wagtail.blocks import StreamValue

    texts: list[str] = []
    for part in parts:
        if isinstance(part, StreamValue):
            texts += [text for text in part.stream_block.get_searchable_content(part) if text]
        elif part:
            texts.append(strip_tags(str(part).replace("<", " <")))
    return " ".join(" ".join(texts).split())
