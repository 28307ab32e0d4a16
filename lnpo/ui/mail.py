"""Mail in our own frame: always a text part, an HTML part without anything from elsewhere."""

import hashlib
from email.utils import getaddresses, parseaddr
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

STYLES = Path(__file__).parent / "templates" / "ui" / "mail" / "mail.css"


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=False, extra_css=STYLES.read_text(encoding="utf-8")
    )


def message_id(key: str) -> str:
    """A Message-ID that is the same each time: a mail sent twice is recognised as one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _plain(name: str, values: dict[str, Any]) -> str:
    """A template as plain text: a name like "School & co" stays as it is, whatever the template says."""
    template: Any = get_template(name)
    return str(template.template.render(Context(values, autoescape=False)))


def build_mail(
    *, name: str, context: dict[str, Any], to: str, message_id_key: str, language: str = "nl"
) -> EmailMultiAlternatives:
    """A message for one receiver.

    Args:
        name: the templates are ``<name>.subject.txt``, ``<name>.txt`` and ``<name>.html``.
        context: what they show; ``site_url`` is added for absolute links.
        to: one address; a message never has two receivers.
        message_id_key: what makes this message the same message, usually the outbox key.
        language: in which it is written.

    Raises:
        ValueError: ``to`` is not exactly one address.

    """
    if not parseaddr(to)[1] or len(getaddresses([to])) != 1:
        problem = "a message has exactly one receiver"
        raise ValueError(problem)
    values = {"site_url": settings.SITE_URL, "site_name": settings.WAGTAIL_SITE_NAME, **context}
    with translation.override(language):
        subject = " ".join(_plain(f"{name}.subject.txt", values).split())
        text = _plain(f"{name}.txt", values).strip() + "\n"
        html = _inliner().inline(render_to_string(f"{name}.html", values))
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[to],
        headers={"Message-ID": message_id(message_id_key), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    return message
