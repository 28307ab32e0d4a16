"""What search engines may find: published pages that everybody may see."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

sitemaps: dict[str, type[Sitemap[Any]]] = {"pages": PageSitemap}
