"""Empties the house again: everything the demo company left, so that one's own company begins clean."""

from __future__ import annotations

import shutil

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from leitstand.core.diary import chain
from leitstand.core.errors import Declined
from leitstand.core.models import Company

QUEUE = ("procrastinate_events", "procrastinate_periodic_defers", "procrastinate_jobs", "django_session", "core_cache")


@transaction.atomic
def remove() -> None:
    """All rows of all rooms go, and the uploads. Declined when the company is not the demo company."""
    if not Company.current().is_demo:
        raise Declined(_("This is not the demo company. Nothing was removed."))
    tables = [
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if _is_ours(model._meta.app_label)
    ]
    names = ", ".join(connection.ops.quote_name(table) for table in [*tables, *QUEUE])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with chain.emptied():
            cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    transaction.on_commit(lambda: shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True))


def _is_ours(label: str) -> bool:
    return f"leitstand.{label}" in settings.ROOMS or label in ("account", "mfa", "socialaccount")
