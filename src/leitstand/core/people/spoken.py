"""Texts of the sign-in library, listed so that translators find them.

allauth brings its own German, which says "Du" and has other names for things. The catalogue of this room stands before
its (the order of INSTALLED_APPS), so what is translated here is what people read.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TYPED = (
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("You must type the same email each time."),
    _("Please select only one."),
    _("Username can not be used. Please use other username."),
)
ADDRESSES = (
    _("You cannot remove your primary email address."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("You cannot add more than %d email addresses."),
    _("Your primary email address must be verified."),
    _("You have confirmed %(email)s."),
    _("Removed email address %(email)s."),
    _("Primary email address set."),
)
SIGN_IN = (
    _("You have signed out."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
)
SINGLE_SIGN_ON = (
    _(
        "An account already exists with this email address. Please sign in to that account first, then connect your"
        " %s account."
    ),
    _("Your account has no password set up."),
    _("Your account has no verified email address."),
)
SECOND_STEP = (
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
)
