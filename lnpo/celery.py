"""The Celery application: it nudges; the rows in the outbox are the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lnpo.settings.local")

app = Celery("lnpo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
