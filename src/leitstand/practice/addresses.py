"""The public addresses of accounts and posts."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def account_url(handle: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('practice:account', args=[handle])}"


def post_url(number: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse('practice:post', args=[number])}"
