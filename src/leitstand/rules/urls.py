"""Addresses of rules."""

from django.urls import path

from leitstand.rules.views import catalogue, guideline

app_name = "rules"
urlpatterns = [
    path("", catalogue.rules, name="rules"),
    path("waivers/", catalogue.waive, name="waive"),
    path("rules/<slug:slug>/switch/", catalogue.switch, name="switch"),
    path("guideline/", guideline.sign, name="sign"),
    path("guideline/edit/", guideline.edit, name="edit"),
    path("guideline/publication/", guideline.publication, name="publish"),
    path("guideline/signatures/", guideline.signatures, name="signatures"),
    path("guideline/versions/<int:number>/", guideline.version, name="version"),
    path("guideline/reminder/", guideline.reminder, name="remind"),
]
