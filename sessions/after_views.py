"""Pages of a participant around and after a session: being there, certificate, evaluation, group."""

from typing import cast

import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from lnpo.accounts.models import User
from lnpo.ui.typesetting import pdf_response
from sessions.after_forms import CodeForm, EvaluationForm, NotesForm
from sessions.attendance import NotPresentableError, confirm_own, is_check_in_time
from sessions.certificates import certificate_pdf, own_certificate
from sessions.evaluation import EvaluationRefusedError, answer
from sessions.groups import own_group, write_notes
from sessions.materials import materials_for
from sessions.models import Certificate, EvaluationQuestion, Registration, SessionPage
from sessions.models.groups import GROUP_WEEKS
from sessions.participants import participants_of
from sessions.permissions import may_see_participants

form_page = require_http_methods(["GET", "HEAD", "POST"])
TOO_MANY = "20/h"
"""Codes that somebody may try; six signs are a thousand million possibilities."""


def session_or_404(request: HttpRequest, slug: str) -> SessionPage:
    """The published session at this address."""
    page = SessionPage.objects.visible_to(request.user).with_seats().filter(slug=slug).first()
    if page is None:
        raise Http404
    return cast(SessionPage, page)


def _own_seat(request: HttpRequest, page: SessionPage) -> Registration:
    """The own confirmed registration.

    Raises:
        Http404: there is none.

    """
    registration = (
        Registration.objects.confirmed()
        .filter(page=page, user=cast(User, request.user))
        .select_related("attendance", "organisation")
        .first()
    )
    if registration is None:
        raise Http404
    registration.page = page
    return registration


def _context(request: HttpRequest, page: SessionPage, **more: object) -> dict[str, object]:
    return {"page": page, "page_address": page.get_url(request), **more}


def qr_image(address: str) -> str:
    """A QR code as SVG, without anything from elsewhere."""
    image = qrcode.make(address, image_factory=SvgPathImage, border=2)
    return mark_safe(image.to_string(encoding="unicode"))  # noqa: S308  # made here, of an address of ours


@form_page
@login_required
def check_in(request: HttpRequest, slug: str) -> HttpResponse:
    """The own QR code for at the door, and the code of the room for who confirms alone."""
    from allauth.core.internal import ratelimit

    page = session_or_404(request, slug)
    registration = _own_seat(request, page)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not ratelimit.consume(request, app="lnpo", action="check_in", config={"check_in": TOO_MANY}):
            return cast(HttpResponse, ratelimit.respond_429(request))
        if form.is_valid():
            try:
                confirm_own(cast(User, request.user), registration, form.cleaned_data["code"])
            except NotPresentableError as refusal:
                form.add_error("code", str(refusal))
            else:
                messages.success(request, _("Welcome. It is noted that you are there."))
                return redirect("sessions:check_in", page.slug)
    door = settings.SITE_URL + reverse("sessions:desk_person", args=[page.slug, registration.pk])
    context = _context(
        request,
        page,
        form=form,
        registration=registration,
        present=hasattr(registration, "attendance"),
        is_time=is_check_in_time(page),
        qr=qr_image(door),
    )
    return render(request, "lnpo_sessions/check_in.html", context)


@require_safe
@login_required
def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """The own certificate as PDF; who was not there has none."""
    found = own_certificate(cast(User, request.user), session_or_404(request, slug))
    if found is None:
        raise Http404
    return pdf_response(certificate_pdf(found), f"bewijs-{slug}")


@require_safe
def certificate_check(request: HttpRequest, number: str) -> HttpResponse:
    """Whether a certificate is valid; never more than the name and the session."""
    found = Certificate.objects.valid().filter(number=number).first()
    response = render(request, "lnpo_sessions/certificate_check.html", {"certificate": found})
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


@form_page
@login_required
def evaluation(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the evaluation, once and without a name."""
    page = session_or_404(request, slug)
    registration = _own_seat(request, page)
    questions = list(EvaluationQuestion.objects.filter(evaluation=page.pk))
    if not questions:
        raise Http404
    form = EvaluationForm(request.POST if request.method == "POST" else None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            answer(cast(User, request.user), registration, form.values())
        except EvaluationRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answers are kept without your name."))
        return redirect(page.get_url(request))
    return render(request, "lnpo_sessions/evaluation.html", _context(request, page, form=form))


@form_page
@login_required
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of the own group of three."""
    user, page = cast(User, request.user), session_or_404(request, slug)
    mine = own_group(user, page)
    if mine is None:
        raise Http404
    form = NotesForm(request.POST if request.method == "POST" else None, instance=mine)
    if request.method == "POST" and form.is_valid():
        write_notes(user, mine, form.cleaned_data["notes"])
        messages.success(request, _("Your changes are saved."))
        return redirect("sessions:group", page.slug)
    people = (
        Registration.objects.confirmed()
        .filter(group_seat__group=mine)
        .select_related("user", "organisation")
        .order_by("user__first_name", "pk")
    )
    context = _context(request, page, form=form, group=mine, people=people, weeks=GROUP_WEEKS)
    return render(request, "lnpo_sessions/group.html", context)


@require_safe
@login_required
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes: names of those who agreed, and whom of them you met before."""
    page = session_or_404(request, slug)
    if not may_see_participants(request.user):
        raise Http404
    context = _context(request, page, people=participants_of(page, cast(User, request.user)))
    return render(request, "lnpo_sessions/participants.html", context)


@require_safe
def material(request: HttpRequest, slug: str, pk: str) -> HttpResponseBase:
    """A file that belongs to a session, for who may read it."""
    page = session_or_404(request, slug)
    found = materials_for(request.user, page).filter(pk=pk).exclude(file="").first()
    if found is None:
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=found.file_name or found.title)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
