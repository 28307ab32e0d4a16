"""Keep the projection and the index equal to their sources: at each change, and once more every night."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F

from lnpo.outbox.delivery import post
from lnpo.outbox.handlers import handles
from lnpo.search.analysis import words
from lnpo.search.backends import engines, patience
from lnpo.search.backends.base import Engine
from lnpo.search.models import SearchEntry, SearchFacet, SearchWord
from lnpo.search.sources import Projection, Source, sources

KIND = "search.index"
BATCH = 200


def queue(kind: str, object_id: object) -> None:
    """Have one object looked at again: it is new, changed, taken down or gone."""
    with transaction.atomic():
        post(
            f"{KIND}:{kind}:{object_id}:{time.time_ns()}",
            KIND,
            {"source": kind, "id": str(object_id)},
        )


@handles(KIND)
def index_from_outbox(key: str, payload: dict[str, Any]) -> None:
    """Look again at one object."""
    index_object(payload["source"], payload["id"])


def index_object(kind: str, object_id: str) -> int:
    """Make the entry of one object equal to the object; without one that may be found, there is no entry.

    Returns:
        1 when the entry differed, 0 when it was right.

    """
    source = sources().get(kind)
    found = source.findable().filter(pk=object_id).first() if source else None
    if source is None or found is None:
        return remove(kind, [object_id])
    return store([source.project(found)])


def look_again(kind: str, object_ids: list[Any], hidden: bool = False) -> None:
    """Something changed: what nobody may find any more leaves within this transaction, the rest is queued.

    Args:
        kind: of which source.
        object_ids: what changed.
        hidden: take all of it out for now; whatever may be found after all comes back.

    """
    source = sources()[kind]
    findable = (
        set() if hidden else set(source.findable().filter(pk__in=object_ids).values_list("pk", flat=True))
    )
    with transaction.atomic():
        remove(kind, [str(pk) for pk in object_ids if pk not in findable])
        for pk in object_ids:
            queue(kind, pk)


def store(projections: list[Projection]) -> int:
    """Write entries with facets and terms; what did not change is left alone. Say how many changed."""
    known = {
        (entry.kind, entry.object_id): entry
        for entry in SearchEntry.objects.filter(
            kind__in={row.kind for row in projections}, object_id__in=[row.object_id for row in projections]
        )
    }
    changed = [
        row
        for row in projections
        if (row.kind, row.object_id) not in known or known[row.kind, row.object_id].checksum != row.checksum
    ]
    if not changed:
        return 0
    with transaction.atomic():
        entries = _write_entries(changed, known)
        engines.own().write([entry for entry, _row in entries])
        _tell_other_engine(lambda engine: engine.write([entry for entry, _row in entries]))
    return len(changed)


def _write_entries(
    rows: list[Projection], known: dict[tuple[str, str], SearchEntry]
) -> list[tuple[SearchEntry, Projection]]:
    fresh: list[SearchEntry] = []
    old: list[SearchEntry] = []
    pairs = []
    for row in rows:
        entry = known.get((row.kind, row.object_id)) or SearchEntry(kind=row.kind, object_id=row.object_id)
        entry.url, entry.title = row.url[:400], row.title[:300]
        entry.text, entry.about = row.text.replace("\x00", ""), row.about[:300]
        entry.organisation, entry.published_on = row.organisation, row.published_on
        entry.checksum = row.checksum
        (old if entry.pk else fresh).append(entry)
        pairs.append((entry, row))
    SearchEntry.objects.bulk_create(fresh)
    if old:
        fields = ["url", "title", "text", "about", "organisation", "published_on", "checksum"]
        SearchEntry.objects.bulk_update(old, fields)
        SearchFacet.objects.filter(entry__in=old).delete()
    SearchFacet.objects.bulk_create(
        SearchFacet(entry=entry, name=name, value=str(value)[:60])
        for entry, row in pairs
        for name, value in {("kind", row.kind), *((n, v) for n, v in row.facets if v)}
    )
    _learn_words([row for row in rows if row.organisation is None])
    return pairs


def _learn_words(rows: list[Projection]) -> None:
    """Words of what everybody may read, for "did you mean"; those of one organisation stay there."""
    found = {word for row in rows for word in _known_words(f"{row.title} {row.text}")}
    ordered = sorted(found)
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        known = set(SearchWord.objects.filter(word__in=part).values_list("word", flat=True))
        SearchWord.objects.filter(word__in=known).update(times=F("times") + 1)
        SearchWord.objects.bulk_create(
            [SearchWord(word=word) for word in part if word not in known], ignore_conflicts=True
        )


def remove(kind: str, object_ids: list[str]) -> int:
    """Forget entries; say how many there were."""
    ids = list(SearchEntry.objects.filter(kind=kind, object_id__in=object_ids).values_list("pk", flat=True))
    if not ids:
        return 0
    with transaction.atomic():
        SearchEntry.objects.filter(pk__in=ids).delete()
        engines.own().remove(ids)
        _tell_other_engine(lambda engine: engine.remove(ids))
    return len(ids)


def _tell_other_engine(tell: Callable[[Engine], None]) -> None:
    """After the commit, and only when it answers; what it missed is mended by the nightly comparison."""
    engine = engines.chosen()
    if engine is not engines.own():
        transaction.on_commit(lambda: None if patience.rests() else tell(engine), robust=True)


def _in_batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def reconcile_source(source: Source, tell: Callable[[int], None] = lambda done: None) -> int:
    """Make everything of one source equal to it, in batches; say how many entries differed."""
    differed = done = 0
    kept: set[str] = set()
    for batch in _in_batches(source.findable().order_by("pk").iterator(chunk_size=BATCH)):
        projections = [source.project(found) for found in batch]
        kept.update(row.object_id for row in projections)
        differed += store(projections)
        done += len(batch)
        tell(done)
    there = SearchEntry.objects.filter(kind=source.kind).values_list("object_id", flat=True)
    gone = [object_id for object_id in there.iterator() if object_id not in kept]
    for object_id in gone:  # each looked at once more: it may have come after its turn
        differed += index_object(source.kind, object_id)
    return differed


def reconcile() -> int:
    """Make the whole projection equal to its sources, and the index equal to the projection.

    Returns:
        How many entries differed: 0 when nothing was missed.

    """
    differed = sum(reconcile_source(source) for source in sources().values())
    stray = SearchEntry.objects.exclude(kind__in=sources())
    while batch := list(stray[:BATCH]):
        for entry in batch:
            differed += remove(entry.kind, [entry.object_id])
    count_words()
    return differed + sum(engine.repair() for engine in {engines.own(), engines.chosen()})


def count_words() -> None:
    """Forget words that stand nowhere public any more, and count the others."""
    counted: Counter[str] = Counter()
    public = SearchEntry.objects.filter(organisation__isnull=True)
    for title, text in public.values_list("title", "text").iterator(chunk_size=BATCH):
        counted.update(_known_words(f"{title} {text}"))
    known = dict(SearchWord.objects.values_list("word", "times"))
    gone = [word for word in known if word not in counted]
    with transaction.atomic():
        for start in range(0, len(gone), 500):
            SearchWord.objects.filter(word__in=gone[start : start + 500]).delete()
        SearchWord.objects.bulk_create(
            [
                SearchWord(word=word, times=times)
                for word, times in counted.items()
                if known.get(word) != times
            ],
            update_conflicts=True,
            update_fields=["times"],
            unique_fields=["word"],
            batch_size=500,
        )


def _known_words(text: str) -> set[str]:
    return {word for word in words(text) if len(word) > 3 and not word.isdigit()}


def rebuild(tell: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Begin the index anew beside the old one, which answers until the new one is complete.

    Returns:
        How many entries there are.

    """
    reconcile_entries = sum(reconcile_source(source) for source in sources().values())
    total = SearchEntry.objects.count()
    engine = engines.chosen()
    with engine.rebuilding() as write:
        done = 0
        for batch in _in_batches(
            SearchEntry.objects.order_by("pk").prefetch_related("facets").iterator(chunk_size=BATCH)
        ):
            write(batch)
            done += len(batch)
            tell(done, max(total, done))
    if engine is not engines.own():
        engines.own().repair()
    count_words()
    return max(total, reconcile_entries)
