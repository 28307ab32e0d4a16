"""The project, and the ground that all its apps stand on."""

from lnpo.celery import app as celery_app

__all__ = ["celery_app"]
