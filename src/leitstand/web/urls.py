"""Addresses of the top floor."""

from django.urls import path

from leitstand.web.views import skeleton

app_name = "web"
urlpatterns = [
    path("", skeleton.soon, name="home"),
    path("today/", skeleton.soon, name="today"),
    path("search/", skeleton.soon, name="search"),
    path("demo/", skeleton.soon, name="demo"),
    path("welcome/", skeleton.soon, name="welcome"),
    path("healthz", skeleton.soon, name="health"),
]
