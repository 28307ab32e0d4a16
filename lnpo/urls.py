"""The only place that joins the apps' addresses with Wagtail's.

What stands here comes before Wagtail's pages; the first parts of these addresses are reserved slugs
(:data:`home.structure.RESERVED_SLUGS`).
"""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.disclosure import security_txt
from home.sitemaps import sitemaps
from home.views import robots
from lnpo import health

handler400 = "lnpo.errors.bad_request"
handler403 = "lnpo.errors.permission_denied"
handler404 = "lnpo.errors.page_not_found"
handler429 = "lnpo.errors.too_many_requests"
handler500 = "lnpo.errors.server_error"

urlpatterns: list[Any | URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("account/", include("allauth.urls")),
    path("beheer/login/", RedirectView.as_view(pattern_name="account_login"), name="beheer_login"),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("mijn/", include("home.urls")),
    path("mijn/", include("lnpo.people.urls")),
    path("kennisbank/", include("knowledge.urls")),
    path("organisaties/", include("lnpo.organisations.urls")),
    path("op-de-hoogte/", include("lnpo.interest.urls")),
    path("doelsjablonen/", include("templates.library.urls")),
    path("sessies/", include("sessions.urls")),
    path("zoeken/", include("lnpo.search.urls")),
    path("werkruimte/", include("templates.workspace.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps}, name="sitemap"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("robots.txt", robots, name="robots"),
    re_path(r"^media/(?P<path>images/.+)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
]

if getattr(settings, "MAILBOX_DIR", None):  # local settings only
    from lnpo import mailbox

    urlpatterns += [
        path("mail/", mailbox.mail_list, name="mail_list"),
        path("mail/<str:name>/", mailbox.mail_detail, name="mail_detail"),
        path("mail/<str:name>/<str:filename>", mailbox.mail_attachment, name="mail_attachment"),
    ]

urlpatterns.append(path("", include(wagtail_urls)))
