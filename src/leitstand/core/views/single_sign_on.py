"""The way to the sign-in server of the company; that it is away is no reason for a page that says nothing."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from leitstand.core.errors import Declined

ODD_SHAPE = (ValueError, KeyError, TypeError, AttributeError)  # what it says of itself is not what it should be


def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Leads there. Declined (503) when the server does not say where that is."""
    try:
        answer: HttpResponseBase = views.login(request, provider_id)
    except (RequestException, *ODD_SHAPE) as error:
        say = _("The sign-in server cannot be reached. Sign in with your password.")
        raise Declined(say, f"single sign-on: {type(error).__name__} {error}", status=503) from error
    return answer
