"""Leaving the demo company: one click removes it."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import Http404, HttpResponseBase
from django.urls import reverse

from leitstand.core.models import Company
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.web import first_run


@needs("company.edit")
def demo(request: PersonRequest) -> HttpResponseBase:
    """Says what goes; a POST removes it and begins anew. Only where the company is the demo company."""
    module = first_run.demo_company()
    if module is None or not Company.current().is_demo:
        raise Http404
    if request.method == "POST":
        module.remove()
        logout(request)
        return see_other(request, reverse("web:welcome"))
    return page(request, "web/demo.html")
