"""Blocks of a session page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AgendaItemBlock(blocks.StructBlock):  # type: ignore[misc]
    """One part of the programme."""

    time = blocks.TimeBlock(label=_("Starts at"))
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600)
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    form = blocks.CharBlock(
        label=_("Form of work"),
        max_length=60,
        required=False,
        help_text=_("For instance: plenary, in groups of three."),
    )
    by = blocks.CharBlock(label=_("By"), max_length=120, required=False)

    class Meta:
        icon = "time"
        label = _("Part of the programme")


class AgendaBlock(blocks.StreamBlock):  # type: ignore[misc]
    """The programme of a session, in order of time."""

    item = AgendaItemBlock()


class LineListBlock(blocks.StreamBlock):  # type: ignore[misc]
    """A list of sentences."""

    item = blocks.CharBlock(label=_("Line"), max_length=300)
