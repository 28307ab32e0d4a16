"""What stands between a request and the pages that are not for everybody."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from lnpo.accounts.models import User
from lnpo.accounts.second_factor import has_second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PrivateResponseMiddleware:
    """Whatever a signed-in person receives stays out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on and mark the answer private when somebody is signed in."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class StaffGuardMiddleware:
    """Only POS staff with a second factor reach ``/beheer/``.

    Visitors go to the login. Members see a page that does not exist: the CMS is not for them, and
    sending them to the login would turn in circles. Staff without a second factor set one up first.
    Wagtail's own login form is never shown: there is one login, with one set of limits.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Decide before the view is called."""
        if request.path.startswith("/beheer/"):
            answer = self._refuse(request)
            if answer is not None:
                return answer
        return self.get_response(request)

    def _refuse(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User):
            return redirect(f"{reverse('account_login')}?next=/beheer/")
        if not user.is_pos:
            raise Http404
        if not has_second_factor(user):
            messages.info(request, _("Set up a second factor first. After that you can edit the site."))
            return redirect("mfa_index")
        return None
