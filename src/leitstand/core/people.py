"""People come and go: invite, join, change roles, leave. Each change is an event."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import event, record
from leitstand.core.models import Invitation, Person
from leitstand.core.roles import Role


@event("core.person_invited", _("Person invited"))
class PersonInvited:
    invitation_id: int
    email: str


@event("core.person_joined", _("Person joined"))
class PersonJoined:
    person_id: int


@event("core.roles_changed", _("Roles changed"))
class RolesChanged:
    person_id: int
    roles: list[str]


@event("core.person_left", _("Person left"))
class PersonLeft:
    person_id: int


def invite(email: str, name: str, roles: list[str], by: Person) -> Invitation:
    """An invitation link valid for seven days. Declined if the address has an account already."""
    email = email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise Declined(_("This e-mail address has an account already."))
    with transaction.atomic():
        Invitation.objects.filter(email=email, used_at=None).delete()
        invitation = Invitation.objects.create(email=email, name=name, roles=roles, invited_by=by)
        record(PersonInvited(invitation.pk, email), by)
    return invitation


def join(token: str, name: str, password: str) -> Person:
    """Turns an open invitation into an account, once. Two clicks at the same time make one account."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().filter(token=token).first()
        if invitation is None or not invitation.is_open:
            raise Declined(_("This invitation is not valid any more. Ask for a new one."), status=410)
        person = add(invitation.email, name, password, invitation.roles)
        Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now())
    return person


def add(email: str, name: str, password: str, roles: list[str]) -> Person:
    """A new person with a checked password."""
    _check_password(password, email, name)
    with transaction.atomic():
        person = Person.objects.create_user(email, password, name=name, roles=roles)
        record(PersonJoined(person.pk), person)
    return person


def change_roles(person: Person, roles: list[str], by: Person) -> None:
    """Sets the roles. The last administrator stays one."""
    if Role.ADMINISTRATOR not in roles:
        _keep_one_administrator(person)
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(roles=roles)
        record(RolesChanged(person.pk, roles), by)


def leave(person: Person, by: Person) -> None:
    """Closes the account; what the person did stays in the diary."""
    _keep_one_administrator(person)
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=False)
        record(PersonLeft(person.pk), by)


def _keep_one_administrator(person: Person) -> None:
    others = Person.objects.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR]).exclude(pk=person.pk)
    if Role.ADMINISTRATOR in person.roles and not others.exists():
        raise Declined(_("This is the last administrator. Make somebody else administrator first."))


def _check_password(password: str, email: str, name: str) -> None:
    try:
        validate_password(password, Person(email=email, name=name))
    except ValidationError as error:
        raise Declined(_("This password is too weak."), hints=error.messages) from error
