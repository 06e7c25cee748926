"""Addresses of the house: each room below its own name."""

from __future__ import annotations

from django.urls import include, path

from leitstand.api.urls import api

ROOMS = ("channels", "rules", "strategy", "publishing", "listening", "community", "practice", "api")

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *(path(f"{room}/", include(f"leitstand.{room}.urls")) for room in ROOMS),
    path("api/", api.urls),
    path("", include("leitstand.core.urls")),
    path("", include("leitstand.web.urls")),
]
