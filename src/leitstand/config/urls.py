"""Addresses of the house: each room below its own name."""

from __future__ import annotations

from django.urls import include, path

from leitstand.api.urls import api
from leitstand.core.views import single_sign_on

handler400 = "leitstand.core.views.broken.not_understood"
handler429 = "leitstand.core.views.broken.too_many"  # asked for by allauth
handler500 = "leitstand.core.views.broken.broken"

ROOMS = ("channels", "rules", "strategy", "publishing", "listening", "community", "practice", "api")

urlpatterns = [
    path("accounts/oidc/<slug:provider_id>/login/", single_sign_on.login),  # stands before the library's own
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *(path(f"{room}/", include(f"leitstand.{room}.urls")) for room in ROOMS),
    path("api/", api.urls),
    path("", include("leitstand.core.urls")),
    path("", include("leitstand.web.urls")),
]
