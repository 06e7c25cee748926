"""Addresses of the house: each room below its own name."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

ADDRESSES = {
    "": "core",
    "channels/": "channels",
    "rules/": "rules",
    "strategy/": "strategy",
    "publishing/": "publishing",
    "listening/": "listening",
    "community/": "community",
    "practice/": "practice",
    "api/": "api",
}


def _rooms() -> list[URLPattern | URLResolver]:
    present = {app.split(".")[1] for app in settings.INSTALLED_APPS if app.startswith("leitstand.")}
    return [
        path(address, include(f"leitstand.{room}.urls"))
        for address, room in ADDRESSES.items()
        if room in present and find_spec(f"leitstand.{room}.urls")
    ]


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *_rooms(),
    *(
        [path("", include("leitstand.web.urls"))]
        if find_spec("leitstand.web") and find_spec("leitstand.web.urls")
        else []
    ),
]
