"""Nobody is here yet: language, demo company or my company, and step 1 of the wizard."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitstand.core.errors import Declined
from leitstand.core.forms.people import FirstAccountForm
from leitstand.core.models import Company, Person
from leitstand.core.pages import page, posted, see_other
from leitstand.web import first_run, wizard

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
def welcome(request: HttpRequest) -> HttpResponseBase:
    """Choose; or go on where the wizard was left."""
    if not first_run.nobody_is_here():
        return see_other(request, _where_to(request))
    return page(request, "web/welcome.html", has_demo=first_run.demo_company() is not None)


def _where_to(request: HttpRequest) -> str:
    person = request.user
    unfinished = isinstance(person, Person) and person.may("company.edit") and not Company.current().is_set_up
    return wizard.reached(request.session).url if unfinished else reverse("web:home")


@never_cache
def you(request: HttpRequest) -> HttpResponseBase:
    """Step 1. Reloaded or sent twice it leads on; somebody else who comes second is told so."""
    if not first_run.nobody_is_here():
        return see_other(request, _where_to(request))
    form = FirstAccountForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _enter(request, lambda: _first(form))
        except Declined as declined:
            if declined.status == 409:
                return page(request, "web/welcome_taken.html", status=409, say=declined.say)
            form.add_error("password", [str(declined.say), *map(str, declined.hints)])
    status = 422 if form.errors else 200
    return page(request, "web/welcome_you.html", status=status, form=form, steps=wizard.progress("you"))


def _first(form: FirstAccountForm) -> Person:
    return first_run.first_administrator(**form.cleaned_data, language=get_language() or "")


@require_POST
def demo(request: HttpRequest) -> HttpResponseBase:
    """Signs in before it loads: should loading fail, nobody is locked out."""
    try:
        person, password = first_run.demo_administrator(get_language() or "")
    except Declined as declined:
        if declined.status != 409:
            raise
        return page(request, "web/welcome_taken.html", status=409, say=declined.say)
    login(request, person, backend=BACKEND)
    _load_demo(person)
    messages.success(request, _told(person, password))
    return see_other(request, reverse("web:home"))


def _load_demo(person: Person) -> None:
    module = first_run.demo_company()
    if module is not None:
        module.load(person)


def _told(person: Person, password: str) -> str:
    facts = {"email": person.email, "password": password}
    return _("You are signed in as %(email)s. To come back later, note the password: %(password)s") % facts


def _enter(request: HttpRequest, make: Callable[[], Person]) -> HttpResponseBase:
    login(request, make(), backend=BACKEND)
    return see_other(request, _where_to(request))
