"""The own profile: name and language, how notifications arrive, ways to password and second factor."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core import alarms
from leitstand.core.errors import Declined, Text
from leitstand.core.forms.profile import AlarmForm, ProfileForm
from leitstand.core.models import Person
from leitstand.core.pages import PersonRequest, needs, page, posted, see_other
from leitstand.core.people.holders import duties_of


@needs()
def profile(request: PersonRequest) -> HttpResponseBase:
    person = Person.objects.get(pk=request.user.pk)  # a copy: a refused form must not rename the page's person
    form = ProfileForm(posted(request), instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return _in_language(see_other(request, reverse("core:profile")), form.cleaned_data["language"])
    return _page(request, form, AlarmForm(initial=_kept(request.user)))


def _in_language(answer: HttpResponseBase, language: str) -> HttpResponseBase:
    """The switch in the page remembers its choice in a cookie, which would win over the profile."""
    if language:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    else:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return answer


@needs()
@require_POST
def alarm_addresses(request: PersonRequest) -> HttpResponseBase:
    form = AlarmForm(request.POST)
    if not form.is_valid():
        return _page(request, ProfileForm(instance=request.user), form)
    alarms.keep(request.user, form.cleaned_data["addresses"])
    messages.success(request, _("Alarm addresses saved."))
    return see_other(request, reverse("core:profile"))


@needs()
@require_POST
def alarm_test(request: PersonRequest) -> HttpResponseBase:
    """Calls the kept addresses here and now, so that the person sees whether it works."""
    if not request.user.sealed_apprise:
        raise Declined(_("Save an alarm address first."))
    if problems := [problem for address in alarms.addresses(request.user) if (problem := _test(address))]:
        raise Declined(_("The test did not get through everywhere."), hints=problems)
    messages.success(request, _("Sent. Look whether it has arrived."))
    return see_other(request, reverse("core:profile"))


def _test(address: str) -> Text:
    """What went wrong, if anything: one address that fails does not keep the others from their test."""
    try:
        alarms.call(address, _("Test from Leitstand"), _("If you can read this, alarms reach you here."))
    except Declined as declined:
        return declined.say
    return ""


def _kept(person: Person) -> dict[str, str]:
    """A key file that was lost must not lock people out of their profile."""
    try:
        return {"addresses": "\n".join(alarms.addresses(person))}
    except Declined:
        return {}


def _page(request: PersonRequest, form: ProfileForm, alarm_form: AlarmForm) -> HttpResponseBase:
    return page(
        request,
        "core/profile.html",
        status=422 if form.errors or alarm_form.errors else 200,
        form=form,
        alarm_form=alarm_form,
        mail=bool(settings.EMAIL_HOST),
        duties=duties_of(request.user),
    )
