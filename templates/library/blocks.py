"""The nodes of a goal template as POS writes them. The id of a block is the stable uid of its node."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lnpo.organisations.models import JobRole
from templates.library.enums import (
    Direction,
    Frequency,
    IndicatorKind,
    IndicatorSource,
    Level,
    Phase,
    ResourceKind,
    Unit,
)


class IndicatorBlock(blocks.StructBlock):
    """How one can tell whether the goal comes nearer."""

    name = blocks.CharBlock(label=_("Name"), max_length=255)
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=IndicatorKind.choices)
    unit = blocks.ChoiceBlock(label=_("Unit"), choices=Unit.choices)
    direction = blocks.ChoiceBlock(label=_("Better is"), choices=Direction.choices)
    level = blocks.ChoiceBlock(label=_("Measured by"), choices=Level.choices)
    measurement = blocks.TextBlock(label=_("How it is measured"), rows=2)
    source = blocks.ChoiceBlock(label=_("Source"), choices=IndicatorSource.choices)
    frequency = blocks.ChoiceBlock(label=_("How often"), choices=Frequency.choices)

    class Meta:
        icon = "crosshairs"
        label = _("Indicator")
        label_format = "{name}"


class ActivityBlock(blocks.StructBlock):
    """What is done, and by whom."""

    title = blocks.CharBlock(label=_("Activity"), max_length=255)
    level = blocks.ChoiceBlock(label=_("Responsible"), choices=Level.choices)
    role = blocks.ChoiceBlock(label=_("Role"), choices=JobRole.choices)
    period = blocks.CharBlock(label=_("Period"), max_length=120, required=False)

    class Meta:
        icon = "tasks"
        label = _("Activity")
        label_format = "{title}"


class ResourceBlock(blocks.StructBlock):
    """A kind of means that this goal usually needs."""

    kind = blocks.ChoiceBlock(label=_("Kind of resources"), choices=ResourceKind.choices)

    class Meta:
        icon = "pick"
        label = _("Resources")
        label_format = "{kind}"


class QuestionBlock(blocks.StructBlock):
    """A question for the conversation between SWV, board and school."""

    phase = blocks.ChoiceBlock(label=_("When"), choices=Phase.choices)
    text = blocks.TextBlock(label=_("Question"), rows=2)

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{text}"
