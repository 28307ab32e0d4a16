"""What happens in the CMS around goal templates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from templates.library.models import GoalTemplatePage
from templates.library.versions import renew_uids


@hooks.register("before_copy_page")
def copy_as_a_draft(request: HttpRequest, page: Page) -> None:
    """A copy starts as a draft: published at once it would have a version before an identity."""
    if isinstance(page.specific, GoalTemplatePage) and request.POST.get("publish_copies"):
        data = request.POST.copy()
        del data["publish_copies"]
        request.POST = data  # type: ignore[assignment]
        messages.info(request, _("The copy of a goal template is a draft. Publish it when it is ready."))


@hooks.register("after_copy_page")
def give_copies_an_identity(request: HttpRequest, page: Page, new_page: Page) -> None:
    """A copy is another template: it must never receive or give updates as the original."""
    copies: Any = GoalTemplatePage.objects.descendant_of(new_page, inclusive=True)
    for copy in copies:
        renew_uids(copy)
        copy.code = ""
        copy.save()
        for revision in copy.revisions.all():
            revision.content.update(template_uid=str(copy.template_uid), code="")
            revision.save(update_fields=["content"])
        copy.save_revision(user=request.user)
