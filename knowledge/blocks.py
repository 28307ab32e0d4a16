"""The building stones of a practice example."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PassageBlock(blocks.StructBlock):
    """A heading with plain text under it; empty lines make paragraphs."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=8)

    class Meta:
        icon = "pilcrow"
        label = _("Passage")
