"""The Content-Security-Policy: strict for everybody, looser only where a library's own screens need it."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

TOTP_PAGE = "mfa_activate_totp"
"""allauth shows the QR code of an authenticator app as a ``data:`` image, on this page only."""


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp with one policy for the site and one for the CMS."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts of the policy for this request."""
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        match: Any = request.resolver_match
        if request.path.startswith("/beheer/"):
            parts.config = settings.STAFF_CONTENT_SECURITY_POLICY
        elif match is not None and match.view_name == TOTP_PAGE:
            parts.update = {**(parts.update or {}), "img-src": ["data:"]}
        return parts
