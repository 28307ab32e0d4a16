"""The search page, suggestions while typing, and questions that somebody keeps."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from lnpo.accounts.models import User
from lnpo.search import questions
from lnpo.search.backends.base import BEST, FACETS, NEWEST
from lnpo.search.models import SavedSearch
from lnpo.search.saved import TooLongError, TooManySavedError, forget_search, save_search
from lnpo.search.service import LONGEST_QUESTION, Results, find, suggest

PAGE_SIZE = 10
LAST_PAGE = 100


@dataclass(frozen=True)
class FacetValue:
    """One value that can be chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    """One property with its values, most frequent first."""

    parameter: str
    title: str
    values: list[FacetValue]


def _page_number(query: QueryDict) -> int:
    text = query.get("page", "1")
    return min(LAST_PAGE, max(1, int(text))) if text.isdecimal() and len(text) < 6 else 1


def _facet_groups(results: Results, chosen: dict[str, tuple[str, ...]]) -> list[FacetGroup]:
    groups = []
    for name in FACETS:
        counts = results.facets.get(name, {})
        for value in chosen[name]:
            counts.setdefault(value, 0)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], questions.label_of(name, pair[0])))
        values = [
            FacetValue(value, questions.label_of(name, value), count, value in chosen[name])
            for value, count in ordered[: questions.MOST_VALUES]
        ]
        if values:
            groups.append(FacetGroup(questions.PARAMETERS[name], str(questions.TITLES[name]), values))
    return groups


def _chips(query: QueryDict, chosen: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """What is chosen, each with the address that leaves it out."""
    chips = []
    for name, values in chosen.items():
        for value in values:
            parameter = questions.PARAMETERS[name]
            rest = [(key, one) for key, one in _kept(query) if (key, one) != (parameter, value)]
            chips.append((questions.label_of(name, value), f"{reverse('search:search')}?{urlencode(rest)}"))
    return chips


def _kept(query: QueryDict) -> list[tuple[str, str]]:
    """The question of an address, without the page number and without what is no part of a question."""
    known = {"q", "volgorde", *questions.PARAMETERS.values()}
    return [
        (key, value.replace("\x00", "")[:LONGEST_QUESTION])
        for key, values in query.lists()
        if key in known
        for value in values[: questions.MOST_VALUES]
    ]


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results for a question, with everything by which they can be narrowed."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUESTION]
    chosen = questions.chosen_in(request.GET)
    sort = NEWEST if request.GET.get("volgorde") == "nieuwste" else BEST
    number = _page_number(request.GET)
    results = find(
        request.user,
        text,
        chosen,
        sort,
        (number - 1) * PAGE_SIZE,
        PAGE_SIZE,
        literal="letterlijk" in request.GET,
    )
    paginator = Paginator(range(min(results.total, LAST_PAGE * PAGE_SIZE)), PAGE_SIZE)
    meant = [("q", results.meant)] if results.meant else []
    literally = [*_kept(request.GET), ("letterlijk", "1")]
    context = {
        "text": text,
        "sort": sort,
        "results": results,
        "groups": _facet_groups(results, chosen),
        "chips": _chips(request.GET, chosen),
        "page_obj": paginator.get_page(number),
        "filter_query": urlencode(_kept(request.GET)),
        "without_filters": f"{reverse('search:search')}?{urlencode({'q': text})}",
        "meant_url": f"{reverse('search:search')}?{urlencode(meant)}",
        "literal_url": f"{reverse('search:search')}?{urlencode(literally)}",
        "may_save": request.user.is_authenticated and bool(text or any(chosen.values())),
        "saved": SavedSearch.objects.visible_to(request.user)[:10],
    }
    return render(request, "search/search_page.html", context)


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that fit what is being typed, as a list below the field."""
    text = request.GET.get("q", "").strip()
    hits = suggest(request.user, text) if len(text) >= 2 else []
    return render(request, "search/parts/suggestions.html", {"hits": hits})


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep the question that stands in the form."""
    query = QueryDict(request.POST.get("question", "")[:2000])
    text = query.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    try:
        save_search(cast(User, request.user), questions.chosen_in(query), text)
    except TooManySavedError:
        messages.error(request, _("You keep as many searches as you can. Remove one first."))
    except TooLongError:
        messages.error(
            request, _("This search is too long to keep. Choose fewer filters or use fewer words.")
        )
    except ValueError:
        messages.error(request, _("Search for something first; then you can keep the search."))
    else:
        messages.success(request, _("We keep this search. You get a mail when something new fits."))
    return redirect(f"{reverse('search:search')}?{urlencode(_kept(query))}")


@require_POST
@login_required
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer keep a question."""
    if not forget_search(cast(User, request.user), pk):
        raise Http404
    messages.success(request, _("The search is no longer kept."))
    return redirect("search:search")
