"""``{% keep %}``: a part of a public page that is the same for all, made once until the site changes."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from lnpo.ui.site_memory import remembered


class KeepNode(template.Node):
    """See :func:`keep`."""

    def __init__(self, nodes: NodeList, key: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodes, key

    def render(self, context: Any) -> SafeString:
        """From memory when it is there; a preview is always made anew."""
        request = context.get("request")
        if request is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        key = ("part", *(str(part.resolve(context)) for part in self.key))
        return mark_safe(remembered(key, lambda: str(self.nodelist.render(context))))  # noqa: S308  # was safe


def keep(parser: Parser, token: Token) -> KeepNode:
    """Keep what stands up to ``{% endkeep %}`` until something on the public site changes.

    Takes what tells it apart, usually a name and the id of the page. Nothing in it may depend on who looks,
    on the address, or on seats and counts.
    """
    _name, *key = token.split_contents()
    if len(key) < 2:
        problem = "keep takes a name and what tells this one apart"
        raise template.TemplateSyntaxError(problem)
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(nodes, [parser.compile_filter(part) for part in key])


register = template.Library()
register.tag("keep", keep)
