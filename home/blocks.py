"""The building stones of content pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

PLAIN = ["bold", "italic", "link", "document-link", "ul", "ol"]


class SectionBlock(blocks.StructBlock):
    """A heading with text under it."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        icon = "title"
        label = _("Section")
        template = "home/blocks/section.html"


class QuoteBlock(blocks.StructBlock):
    """Words of somebody."""

    text = blocks.TextBlock(label=_("Quote"), rows=3)
    by = blocks.CharBlock(label=_("Whose words"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "home/blocks/quote.html"


class CardBlock(blocks.StructBlock):
    """A short text, if wanted with a link."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=3)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)

    class Meta:
        icon = "form"
        label = _("Card")


class CardsBlock(blocks.StructBlock):
    """Cards beside each other."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1)

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "home/blocks/cards.html"


class PictureBlock(blocks.StructBlock):
    """A picture with what there is to see."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"


def body_blocks() -> list[tuple[str, Any]]:
    """What the body of a content page may consist of."""
    return [
        ("text", blocks.RichTextBlock(label=_("Text"), features=PLAIN, template="home/blocks/text.html")),
        ("section", SectionBlock()),
        ("quote", QuoteBlock()),
        ("cards", CardsBlock()),
        ("picture", PictureBlock()),
    ]
