"""People come and go: invite, join, change roles, leave, come back. Each change is an event."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import event, record
from leitstand.core.models import Invitation, Person
from leitstand.core.models.invitation import fresh_token
from leitstand.core.people.roles import Role, permissions_of
from leitstand.core.text.one_line import one_line

LONGEST_NAME = 120


@event("core.person_invited", _("Person invited"))
class PersonInvited:
    invitation_id: int
    email: str


@event("core.invitation_revoked", _("Invitation revoked"))
class InvitationRevoked:
    invitation_id: int
    email: str


@event("core.person_joined", _("Person joined"))
class PersonJoined:
    person_id: int


@event("core.roles_changed", _("Roles changed"))
class RolesChanged:
    person_id: int
    roles: list[str]


@event("core.person_left", _("Account closed"))
class PersonLeft:
    person_id: int


@event("core.person_returned", _("Account opened again"))
class PersonReturned:
    person_id: int


def invite(email: str, name: str, roles: list[str], by: Person) -> Invitation:
    """A link valid for seven days, in place of the one the address may have, also when two are made at once.

    Declined if the address has an account, or `by` may not invite.
    """
    email = email.strip().lower()
    if Person.objects.filter(email__iexact=email).exists():
        raise Declined(_("This e-mail address has an account already."))
    with transaction.atomic():
        _check_inviter(by)
        invited = {"name": one_line(name, LONGEST_NAME), "roles": roles, "invited_by": by}
        fresh = {"token": fresh_token(), "created_at": timezone.now()}
        invitation, _new = Invitation.objects.update_or_create(email=email, used_at=None, defaults=invited | fresh)
        record(PersonInvited(invitation.pk, email), by)
    return invitation


def _check_inviter(by: Person) -> None:
    """Locks them, so that whoever closes their account, or demotes them, at this moment finds the invitation."""
    if not Person.objects.select_for_update(no_key=True).get(pk=by.pk).may("people.manage"):
        raise Declined(_("You may not invite anybody."), status=403)


def revoke(invitation: Invitation, by: Person) -> None:
    """The link is dead from now on. Nothing happens when it was used meanwhile."""
    with transaction.atomic():
        gone, _kinds = Invitation.objects.filter(pk=invitation.pk, used_at=None).delete()
        if gone:
            record(InvitationRevoked(invitation.pk, invitation.email), by)


def _revoke_those_of(person: Person, by: Person) -> None:
    """An invitation stands on the right of whoever made it: a link is no way back in."""
    for invitation in Invitation.objects.filter(invited_by=person, used_at=None):
        revoke(invitation, by)


def join(token: str, name: str, password: str, language: str = "") -> Person:
    """Turns an open invitation into an account, once. Two clicks at the same time make one account."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().filter(token=token).first()
        if invitation is None or not invitation.is_open:
            raise Declined(_("This invitation is not valid any more. Ask for a new one."), status=410)
        person = add(invitation.email, name, password, invitation.roles, language)
        Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now())
    return person


def join_vouched(email: str, name: str = "") -> Person | None:
    """Turns the open invitation of an address somebody vouches for into an account without a password, if there is one.

    The name on the invitation counts before the one that came along.
    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().filter(email__iexact=email, used_at=None).first()
        if invitation is None or not invitation.is_open:
            return None
        person = _create(invitation.email, invitation.name or name or email, None, invitation.roles)
        Invitation.objects.filter(pk=invitation.pk).update(used_at=timezone.now())
    return person


def add(email: str, name: str, password: str, roles: list[str], language: str = "") -> Person:
    """A new person with a checked password. Whoever adds them vouches for the address."""
    _check_password(password, email, name)
    return _create(email, name, password, roles, language)


def _create(email: str, name: str, password: str | None, roles: list[str], language: str = "") -> Person:
    _check_address(email)
    name = one_line(name, LONGEST_NAME)
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, password, name=name, roles=roles, language=language)
            EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
            record(PersonJoined(person.pk), person)
    except IntegrityError as error:
        raise Declined(_("This e-mail address has an account already.")) from error
    return person


def _check_address(email: str) -> None:
    try:
        Person._meta.get_field("email").clean(email, None)
    except ValidationError as error:
        raise Declined(_("This is not an e-mail address."), hints=error.messages) from error


def change_roles(person: Person, roles: list[str], by: Person) -> None:
    """Sets the roles. The last administrator stays one. Who may not invite any more has no open invitations."""
    with transaction.atomic():
        if Role.ADMINISTRATOR not in roles:
            _keep_one_administrator(person)
        Person.objects.filter(pk=person.pk).update(roles=roles)
        if "people.manage" not in permissions_of(roles):
            _revoke_those_of(person, by)
        record(RolesChanged(person.pk, roles), by)


def leave(person: Person, by: Person) -> None:
    """Closes the account at once, open browsers and invitations too; what the person did stays in the diary."""
    with transaction.atomic():
        _keep_one_administrator(person)
        if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
            _revoke_those_of(person, by)
            record(PersonLeft(person.pk), by)


def come_back(person: Person, by: Person) -> None:
    """Opens a closed account again, with the roles it had."""
    with transaction.atomic():
        if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
            record(PersonReturned(person.pk), by)


def _keep_one_administrator(person: Person) -> None:
    """Locks the administrators, so that two of them cannot demote each other at the same moment."""
    administrators = Person.objects.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR])
    if [found.pk for found in administrators.select_for_update().order_by("pk")] == [person.pk]:
        raise Declined(_("This is the last administrator. Make somebody else administrator first."))


def _check_password(password: str, email: str, name: str) -> None:
    try:
        validate_password(password, Person(email=email, name=name))
    except ValidationError as error:
        raise Declined(_("This password is too weak."), hints=error.messages) from error
