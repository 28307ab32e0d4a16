"""Local settings only: mail is kept as files under ``var/mail/`` and can be read at ``/mail/``."""

import email
import email.policy
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


class FileBackend(BaseEmailBackend):
    """Write every message to a file of its own, newest last by name."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages and say how many."""
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            stamp = timezone.localtime().strftime("%Y%m%dT%H%M%S%f")
            target = folder / f"{stamp}-{uuid.uuid4().hex[:8]}.eml"
            target.write_bytes(message.message().as_bytes())
        return len(email_messages)


def _parse(path: Path) -> dict[str, Any]:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    html = message.get_body(("html",))
    stamp = datetime.strptime(path.name.split("-")[0], "%Y%m%dT%H%M%S%f")  # noqa: DTZ007  # made aware below
    return {
        "name": path.stem,
        "at": timezone.make_aware(stamp, timezone.get_default_timezone()),
        "subject": message["subject"],
        "to": message["to"],
        "text": body.get_content() if body else "",
        "has_html": html is not None,
        "html": html.get_content() if html else "",
        "attachments": [part.get_filename() for part in message.iter_attachments()],
        "message": message,
    }


def mail_list(request: HttpRequest) -> HttpResponse:
    """All mail that this installation has sent, newest first, for people trying out the demo."""
    folder = Path(settings.MAILBOX_DIR)
    paths = sorted(folder.glob("*.eml"), reverse=True)[:100] if folder.exists() else []
    return render(request, "ui/mail_list.html", {"mails": [_parse(path) for path in paths]})


def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One message as text, with its attachments."""
    return render(request, "ui/mail_detail.html", {"mail": _parse(_path(name))})


def mail_attachment(request: HttpRequest, name: str, filename: str) -> HttpResponse:
    """One attachment, as a download."""
    for part in _parse(_path(name))["message"].iter_attachments():
        if part.get_filename() == filename:
            content = part.get_payload(decode=True)
            response = HttpResponse(content, content_type=part.get_content_type())
            response["Content-Disposition"] = f'attachment; filename="{filename}"'
            return response
    raise Http404


def _path(name: str) -> Path:
    path = Path(settings.MAILBOX_DIR) / f"{name}.eml"
    if not path.exists():
        raise Http404
    return path
