"""An example on paper."""

from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.models import PracticePage, PracticeVersion
from knowledge.texts import as_plain
from knowledge.versions import citation
from lnpo.ui.typesetting import pdf

TEMPLATE = Path(__file__).parent / "typeset" / "practice.typ"


def practice_pdf(page: PracticePage) -> bytes:
    """The published example as PDF/UA."""
    version = PracticeVersion.objects.filter(page=page).first()
    told = [
        (_("What did we do?"), as_plain(page.approach)),
        (_("What came of it?"), as_plain(page.result)),
        (_("What would we do differently?"), as_plain(page.different)),
    ]
    passages = [(block.value["heading"], block.value["text"]) for block in page.body]
    facts = [
        (_("Where"), page.context),
        (_("Cost"), page.cost),
        (_("Noticed"), page.effect),
        (_("Evidence"), f"{page.get_evidence_display()}. {page.evidence_rule}"),  # type: ignore[attr-defined]
        (_("Licence"), "CC BY 4.0"),
    ]
    return pdf(
        TEMPLATE,
        {
            "title": page.title,
            "by": page.by,
            "lead": page.lead,
            "parts": [
                {
                    "heading": heading,
                    "paragraphs": [part for part in text.replace("## ", "").split("\n\n") if part],
                }
                for heading, text in [*passages, *told]
                if text
            ],
            "facts": [{"name": name, "text": text} for name, text in facts if text],
            "tips_heading": _("Tips from practice"),
            "tips": [str(tip.value) for tip in page.tips],
            "cite_heading": _("Cite as"),
            "citation": citation(page, version) if version else "",
        },
    )
