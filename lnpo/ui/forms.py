"""How forms look: our field template, and the classes of our components on every widget."""

from typing import Any

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders forms and fields with ``ui/forms/``; Wagtail's screens keep Django's own templates.

    Wagtail renders its forms by panels and never through these two templates.
    """

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Put our class on a widget that has none, then render."""
        widget = context.get("widget")
        if widget is not None and template_name in WIDGET_CLASSES:
            widget.setdefault("attrs", {}).setdefault("class", WIDGET_CLASSES[template_name])
        return super().render(template_name, context, request)


_INPUT, _AREA, _SELECT = "input", "area", "select"
WIDGET_CLASSES = {
    **dict.fromkeys(
        [
            f"django/forms/widgets/{kind}.html"
            for kind in (
                "text",
                "email",
                "password",
                "number",
                "url",
                "date",
                "input",
                "file",
                "tel",
                "search",
            )
        ],
        _INPUT,
    ),
    "django/forms/widgets/textarea.html": _AREA,
    "django/forms/widgets/select.html": _SELECT,
}
