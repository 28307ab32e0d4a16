"""The own profile, the list of people, and the card and portrait of one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import Storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lnpo.organisations.permissions import is_member
from lnpo.organisations.views.access import WRITE, member_page, person
from lnpo.people.cards import card, card_for
from lnpo.people.forms import ProfileForm
from lnpo.people.models import Profile, Visibility
from lnpo.people.profile import profile_of, save
from lnpo.ui.uploads import CONTENT_TYPES

PER_PAGE = 24


@require_http_methods(WRITE)
@member_page
def edit(request: HttpRequest) -> HttpResponse:
    """What I tell about myself, and who may read it."""
    user = person(request)
    profile = profile_of(user)
    posted: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProfileForm(*posted, profile=profile)
    if posted and form.is_valid():
        values = dict(form.cleaned_data)
        photo, remove = values.pop("photo"), values.pop("remove_photo", False)
        save(user, user, values, photo=photo, remove_photo=remove)
        messages.success(request, _("Your profile was saved."))
        return redirect("people:edit")
    return render(
        request, "people/edit.html", {"form": form, "profile": profile, "saved": not profile._state.adding}
    )


@require_safe
@member_page
def members(request: HttpRequest) -> HttpResponse:
    """Who shows themselves to the whole network, found by name, function, organisation or what they tell."""
    user = person(request)
    if not is_member(user) and not user.is_pos:
        raise Http404
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = Profile.objects.visible_to(user).filter(listed=Visibility.NETWORK).telling(text).with_work()
    ordered = found.order_by("user__last_name", "user__first_name", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    cards = [card_for(user, profile) for profile in page.object_list]
    query = urlencode({"q": text} if text else {})
    return render(
        request, "people/members.html", {"page_obj": page, "cards": cards, "q": text, "query": query}
    )


@require_safe
@member_page
def member(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    """The card of one person; the owner sees it as others do."""
    user = person(request)
    profile = _profile_or_404(request, profile_id)
    own = profile.user_id == user.pk
    as_colleague = "collega" in request.GET
    shown = card(profile, to_colleague=as_colleague) if own else card_for(user, profile)
    context = {"card": shown, "own": own, "as_colleague": as_colleague}
    return render(request, "people/member.html", context)


@require_safe
@member_page
def photo(request: HttpRequest, profile_id: UUID) -> HttpResponseBase:
    """The portrait, for its owner and for whom the owner shows it to."""
    user = person(request)
    profile = _profile_or_404(request, profile_id)
    if profile.user_id != user.pk and not card_for(user, profile).has_photo:
        raise Http404
    storage: Storage = profile.photo.storage
    name = profile.photo.name or ""
    if not name or not storage.exists(name):
        raise Http404
    content_type = CONTENT_TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    response = FileResponse(storage.open(name, "rb"), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _profile_or_404(request: HttpRequest, profile_id: UUID) -> Profile:
    profile = Profile.objects.visible_to(person(request)).with_work().filter(pk=profile_id).first()
    if profile is None:
        raise Http404
    return profile
