"""How the CMS looks."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def colours_of_the_cms() -> SafeString:
    """Our colours in every screen of the CMS."""
    return format_html('<link rel="stylesheet" href="{}">', static("ui/beheer.css"))
