"""What happens in the CMS around goal templates."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from templates.library.models import GoalTemplatePage
from templates.library.versions import renew_uids


@hooks.register("after_copy_page")
def give_copies_an_identity(request: HttpRequest, page: Page, new_page: Page) -> None:
    """A copy is another template: it must never receive or give updates as the original."""
    copies: Any = GoalTemplatePage.objects.descendant_of(new_page, inclusive=True)
    for copy in copies:
        renew_uids(copy)
        copy.code = ""
        copy.save()
        copy.save_revision(user=request.user)
