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
from leitstand.core.pages import PersonRequest, needs, page, posted, see_other
from leitstand.web import first_run, wizard

DEMO_PASSWORD = "demo_password"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
def welcome(request: HttpRequest) -> HttpResponseBase:
    """Choose; or go on where the wizard was left."""
    if not first_run.nobody_is_here():
        return see_other(request, _where_to(request))
    has_demo, password = first_run.demo_company() is not None, first_run.fresh_password()
    return page(request, "web/welcome.html", has_demo=has_demo, password=password)


def _where_to(request: HttpRequest) -> str:
    person = request.user
    if isinstance(person, Person) and demo_goes_on(request, person):
        return reverse("web:welcome-demo-loading")
    unfinished = isinstance(person, Person) and person.may("company.edit") and not Company.current().is_set_up
    return wizard.reached(request.session).url if unfinished else reverse("web:home")


def demo_goes_on(request: HttpRequest, person: Person) -> bool:
    """Whether the demo company is still to be loaded, or its password to be shown on the first page."""
    return first_run.awaits_demo(person) or DEMO_PASSWORD in request.session


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
    """Signs in and leads to the page that loads: should that fail or be left, nobody is locked out."""
    try:
        person, password = first_run.demo_administrator(get_language() or "", request.POST.get("password", ""))
    except Declined as declined:
        if declined.status != 409:
            raise
        return page(request, "web/welcome_taken.html", status=409, say=declined.say)
    login(request, person, backend=BACKEND)
    request.session[DEMO_PASSWORD] = password
    return see_other(request, reverse("web:welcome-demo-loading"))


@never_cache
@needs("company.edit")
def demo_loading(request: PersonRequest) -> HttpResponseBase:
    """Shows the password while the demo company is loaded; the POST loads. Both may be repeated."""
    if request.method == "POST":
        if first_run.awaits_demo(request.user):
            first_run.load_demo(request.user)
        return see_other(request, reverse("web:welcome-demo-loading"))
    told = _told(request)
    if first_run.awaits_demo(request.user):
        return page(request, "web/welcome_demo_loading.html", told=told)
    if request.session.pop(DEMO_PASSWORD, ""):
        messages.success(request, told)
    return see_other(request, reverse("web:home"))


def _told(request: PersonRequest) -> str:
    """After a lost session the password is not known any more: whoever signed in again has it."""
    facts = {"email": request.user.email, "password": request.session.get(DEMO_PASSWORD, "")}
    if not facts["password"]:
        return ""
    return _("You are signed in as %(email)s. To come back later, note the password: %(password)s") % facts


def _enter(request: HttpRequest, make: Callable[[], Person]) -> HttpResponseBase:
    login(request, make(), backend=BACKEND)
    return see_other(request, _where_to(request))
