"""Spreadsheets of staff: nothing that a member typed is ever run as a formula."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lnpo.ui.spreadsheets import as_text

HEADINGS = {
    "page.title": _("Session"),
    "page.starts_at": _("Date"),
    "user.first_name": _("First name"),
    "user.last_name": _("Last name"),
    "user.email": _("E-mail address"),
    "organisation.name": _("Organisation"),
    "get_job_role_display": _("Job role"),
    "pool.get_form_display": _("Form of attendance"),
    "get_state_display": _("State"),
    "created_at": _("Registered at"),
    "learning_question": _("Learning question"),
}


class SafeExportMixin:
    """For Wagtail's listings: Dutch headings, Dutch time, and text that stays text."""

    export_headings = HEADINGS

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """One cell."""
        if isinstance(value, datetime):
            local = timezone.make_naive(value) if timezone.is_aware(value) else value
            return local if export_format == "xlsx" else local.strftime("%Y-%m-%d %H:%M")
        return as_text(str(value))
