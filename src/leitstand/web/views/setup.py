"""Steps 2 to 5 of the wizard, for whoever may edit the company."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from leitstand.core import queries
from leitstand.core.company import profile
from leitstand.core.errors import Declined
from leitstand.core.forms.company import FactsForm, HoursAndZone
from leitstand.core.forms.people import InvitationForm
from leitstand.core.models import Company
from leitstand.core.pages import PersonRequest, needs, page, posted, see_other
from leitstand.core.people import membership
from leitstand.core.views.company import preview
from leitstand.core.views.people import link
from leitstand.web import first_steps, wizard

View = Callable[[PersonRequest], HttpResponseBase]


def step(name: str) -> Callable[[View], View]:
    """Guards a step: only for the company's editors, only while setting up, never ahead of its turn."""

    def guard(view: View) -> View:
        @needs("company.edit")
        @wraps(view)
        def enter(request: PersonRequest) -> HttpResponseBase:
            if Company.current().is_set_up:
                return see_other(request, reverse("web:home"))
            if not wizard.may_open(request.session, name):
                return see_other(request, wizard.reached(request.session).url)
            return view(request)

        return enter

    return guard


def _page(request: PersonRequest, name: str, invalid: bool, part: str = "", **context: object) -> HttpResponseBase:
    facts = {"steps": wizard.progress(name), "back": wizard.before(name), **context}
    return page(request, f"web/welcome_{name}.html", part, status=422 if invalid else 200, **facts)


def _on(request: PersonRequest, done: str) -> HttpResponseBase:
    return see_other(request, wizard.go_on(request.session, done).url)


@step("company")
def company(request: PersonRequest) -> HttpResponseBase:
    form = FactsForm(posted(request), instance=Company.current(), initial=_guess(request))
    if request.method == "POST" and form.is_valid():
        fresh = not Company.objects.filter(pk=1).exists()
        profile.change(form.instance, list(form.cleaned_data) if fresh else list(form.changed_data), request.user)
        return _on(request, "company")
    return _page(request, "company", bool(form.errors), form=form)


def _guess(request: PersonRequest) -> dict[str, object]:
    """Who reads German most likely writes it."""
    return {} if Company.objects.filter(pk=1).exists() else {"languages": [request.LANGUAGE_CODE]}


@step("hours")
def hours(request: PersonRequest) -> HttpResponseBase:
    form = HoursAndZone(Company.current(), posted(request))
    valid = request.method == "POST" and form.is_valid()
    if valid and "preview" not in request.POST and not request.headers.get("HX-Target"):
        profile.change(form.company(), form.changed(), request.user)
        return _on(request, "hours")
    shown = form.company() if valid else Company.current()
    return _page(
        request, "hours", request.method == "POST" and not valid, "preview", form=form, **preview(shown, request)
    )


@step("network")
def network(request: PersonRequest) -> HttpResponseBase:
    """The practice network is connected here; colleagues are invited one by one, each with a link.

    Whoever was typed in is invited by "Continue", too: then the page stays, and shows the link.
    """
    typed = "invite" in request.POST or any(request.POST.get(name, "").strip() for name in ("email", "name"))
    form = InvitationForm(request.POST if typed else None, initial={"roles": ["editor"]})
    if typed and _invited(request, form):
        return see_other(request, f"{reverse('web:welcome-network')}?practice={request.POST.get('practice', '')}")
    if request.method == "POST" and not typed and _connected(request):
        return _on(request, "network")
    invitations = [(found, link(found)) for found in queries.open_invitations(request.user)]
    facts: dict[str, Any] = {"practice": first_steps.practice_state(request.user), "invitations": invitations}
    asked = request.POST.get("practice", "") if typed else request.GET.get("practice", "1")
    return _page(request, "network", bool(form.errors), form=form, wants_practice=asked, **facts)


def _invited(request: PersonRequest, form: InvitationForm) -> bool:
    if not form.is_valid():
        return False
    try:
        membership.invite(**form.cleaned_data, by=request.user)
    except Declined as declined:
        form.add_error("email", str(declined.say))
    return form.is_valid()


def _connected(request: PersonRequest) -> bool:
    try:
        if "practice" in request.POST:
            first_steps.connect_practice(request.user)
    except Declined as declined:
        messages.warning(request, str(declined.say))
        return False
    return True


@step("goal")
def goal(request: PersonRequest) -> HttpResponseBase:
    form = first_steps.goal_form(_asked(request) if request.method == "POST" else None, request.user)
    if request.method == "POST" and form is not None and form.is_valid():
        first_steps.set_goal(form, request.user)
        return _finish(request)
    shown = [form[name] for name in first_steps.ASKED] if form else []
    return _page(request, "goal", bool(form and form.errors), form=form, asked=shown)


def _asked(request: PersonRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in first_steps.ASKED}


@needs("company.edit")
@require_POST
def done(request: PersonRequest) -> HttpResponseBase:
    """Skips what is left. The company itself must be there."""
    if not wizard.may_open(request.session, "hours"):
        return see_other(request, wizard.reached(request.session).url)
    return _finish(request)


def _finish(request: PersonRequest) -> HttpResponseBase:
    profile.finish_set_up(request.user)
    request.session.pop(wizard.KEY, None)
    return see_other(request, reverse("web:home"))
