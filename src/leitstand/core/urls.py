"""Addresses of the ground floor."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest) -> HttpResponse:
    return HttpResponse("soon")


app_name = "core"
urlpatterns = [
    path("profile/", soon, name="profile"),
    path("people/", soon, name="people"),
    path("company/", soon, name="company"),
    path("diary/", soon, name="diary"),
    path("jobs/", soon, name="jobs"),
    path("notifications/", soon, name="notifications"),
    path("notifications/bell/", soon, name="bell"),
]
