"""Certificates: only for who was there, with hours, and checked at a public address."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.audit.trail import record
from lnpo.ui.dutch_format import date_long
from lnpo.ui.typesetting import pdf
from sessions.after_mails import AfterMail, queue_after_mail
from sessions.models import Certificate, Registration, SessionPage
from sessions.permissions import may_run_sessions

TEMPLATE = Path(__file__).parent / "typeset" / "certificate.typ"


def usual_hours(page: SessionPage) -> Decimal:
    """How long the session lasts, to the half hour, at least half an hour."""
    minutes = Decimal(int((page.ends_at - page.starts_at).total_seconds()) // 60)
    halves = (minutes / 30).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return min(max(halves, Decimal(1)) / 2, Decimal("99.5"))


def issue_certificates(staff: User, page: SessionPage, hours: Decimal) -> int:
    """Give a certificate to everybody who was there and has none yet, and tell them by mail.

    Raises:
        PermissionDenied: ``staff`` does not run sessions.

    """
    if not may_run_sessions(staff):
        raise PermissionDenied
    with transaction.atomic():
        present = (
            Registration.objects.confirmed()
            .filter(page=page, attendance__isnull=False, certificate__isnull=True)
            .select_related("user", "organisation")
            .select_for_update(of=("self",))
        )
        made = 0
        for registration in present:
            certificate, new = Certificate.objects.get_or_create(
                registration=registration,
                defaults={
                    "name": registration.user.get_full_name() or registration.user.email,
                    "session_title": page.title,
                    "hours": hours,
                },
            )
            if new:
                made += 1
                record(staff, "certificate.issued", certificate, organisation=registration.organisation)
                queue_after_mail(registration, AfterMail.CERTIFICATE)
    return made


def own_certificate(user: User, page: SessionPage) -> Certificate | None:
    """The valid certificate of ``user`` for ``page``, if there is one."""
    return (
        Certificate.objects.valid()
        .filter(registration__user=user, registration__page=page)
        .select_related("registration__page")
        .first()
    )


def check_address(certificate: Certificate) -> str:
    """Where everybody can check a certificate."""
    return f"{settings.SITE_URL}{reverse('sessions:certificate_check', args=[certificate.number])}"


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as PDF/UA."""
    page = certificate.registration.page
    hours = f"{certificate.hours.normalize():f}".replace(".", ",")
    return pdf(
        TEMPLATE,
        {
            "title": _("Certificate of attendance"),
            "page_word": _("Page"),
            "name": certificate.name,
            "was_at": _("took part in the session"),
            "session": certificate.session_title,
            "facts": [
                [_("Date"), date_long(page.starts_at)],
                [_("Hours"), hours],
                [_("Issued on"), date_long(certificate.issued_at)],
                [_("Number"), certificate.number],
            ],
            "fact": _("What"),
            "value": _("Detail"),
            "check": _("Check whether this certificate is valid:"),
            "address": check_address(certificate),
        },
        at=certificate.issued_at,
    )
