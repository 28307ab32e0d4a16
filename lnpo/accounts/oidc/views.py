"""Go to a provider and come back; whatever goes wrong on the way signs nobody in and breaks no page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.decorators import login_not_required
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from requests import RequestException

from lnpo.accounts.oidc.id_token import IdentityRefusedError, verified_claims
from lnpo.accounts.oidc.provider import is_verified, nonce_of

LIMITS = {"oidc": "30/m/ip"}
MALFORMED = (KeyError, TypeError, ValueError, AttributeError)
"""What reading an answer that is not as agreed may raise."""


class IdentityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's conversation with a provider, with the checks that it leaves out."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says about itself.

        Raises:
            IdentityRefusedError: it speaks for somebody else.

        """
        try:
            config: dict[str, Any] = super().openid_config
            issuer = urlsplit(config["issuer"])
        except MALFORMED as error:
            raise IdentityRefusedError("no configuration") from error
        if issuer[:2] != urlsplit(self.get_provider().server_url)[:2]:
            raise IdentityRefusedError("the configuration names another issuer")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Remember which nonce belongs to this sign-in."""
        if not pkce_code_verifier:
            raise IdentityRefusedError("no sign-in began here")
        self.nonce = nonce_of(pkce_code_verifier)
        data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        if "error" in data or not isinstance(data.get("access_token"), str):
            raise IdentityRefusedError("no access token")
        return data

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """Who came back.

        Raises:
            IdentityRefusedError: something does not hold, or the provider did not verify the address.

        """
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise IdentityRefusedError("no ID token")
        config = self.openid_config
        claims = verified_claims(
            id_token,
            self._fetch(config["jwks_uri"]),
            issuer=config["issuer"],
            audience=app.client_id,
            nonce=self.nonce,
        )
        if "email" not in claims and config.get("userinfo_endpoint"):
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise IdentityRefusedError("told about somebody else")
            claims = {**told, **claims}
        if "email_verified" in claims and not is_verified(claims):
            raise IdentityRefusedError("the address is not verified")
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _fetch(self, url: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url)
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
            return found


def _safely(request: HttpRequest, provider_id: str, view: type[Any]) -> HttpResponseBase:
    if settings.ACCOUNT_RATE_LIMITS is not False and not ratelimit.consume(
        request, app="lnpo", action="oidc", config=LIMITS, limit_get=True
    ):
        return ratelimit.respond_429(request)  # type: ignore[no-any-return]
    try:
        adapter = IdentityAdapter(request, provider_id)
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    run: Callable[[HttpRequest], HttpResponseBase] = view.adapter_view(adapter)
    try:
        return run(request)
    except (OAuth2Error, RequestException, *MALFORMED) as error:
        failed: HttpResponseBase = render_authentication_error(request, provider, exception=error)
        return failed


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go there; the visit begins with a button, never with a link from elsewhere."""
    return _safely(request, provider_id, OAuth2LoginView)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back."""
    return _safely(request, provider_id, OAuth2CallbackView)
