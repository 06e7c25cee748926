"""The texts of the connectors, listed so that translators find them.

Connectors are pure Python and mark nothing for translation. What they say is looked up here by its English text;
`{network}` and `{slug}` stand for the name of the network. A test compares this list with what the connectors hold.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

OUTCOMES = (
    _("The network asks us to slow down."),
    _("The network cannot be reached right now."),
    _("The network does not accept our access any more. Please reconnect the channel."),
    _("The network does not accept this name and app password."),
    _("The network gave no clear answer. It may have done what we asked."),
    _("The network is still working on an image."),
    _("The network refused this: {reason}"),
    _("The network took the beginning of the thread but not all of it."),
    _("The answer of the network is too large and was cut off."),
    _("The network answered something we do not understand."),
    _("The network sends us from one address to the next without end."),
    _("The site refused this; perhaps a firewall of the site did: {reason}"),
    _("There is no server with this name: {host}"),
    _("This is not an address we can reach: {host}"),
    _("This address lies inside a private network and is not reached: {host}"),
    _("This does not look like a {network} site: it announces no REST API."),
    _("This feed declares entities, as attacks do. It is not read."),
    _("This is not a feed we can read (RSS, Atom or JSON Feed)."),
    _("Choose a name for the account."),
)
FIELDS = (
    _("Access token"),
    _("Address of the blog"),
    _("Any name you like; the account is made for you."),
    _("App password"),
    _("Application password"),
    _("From Settings, Privacy and security, App passwords."),
    _("From Users, Profile, Application passwords."),
    _("From your server: Preferences, Development, New application."),
    _("Handle"),
    _("Leave it as it is unless you run your own server."),
    _("Name of the account"),
    _("Server"),
    _("The address of your server, for example {slug}.social."),
    _("The address visitors type."),
    _("The name you sign in with; it needs the role author or higher."),
    _("User name"),
    _("Your name on the network."),
)
GUIDES = (
    _("Add an app password named Leitstand and copy it. Your main password is never needed."),
    _("Choose a name. No key, no registration: the network and its audience live in this installation."),
    _("Make a new application with the rights read and write."),
    _("Open Settings, Privacy and security, App passwords."),
    _("Open it and copy “Your access token”."),
    _("Sign in on your server and open Preferences, then Development."),
    _("Sign in to your blog and open Users, then Profile."),
    _("Under “Application passwords” add one named Leitstand and copy it."),
)
CLOSED = (
    _("{network} closed its programming interface. Posts must be published there by hand."),
    _("Google closed this network for consumers on 2 April 2019. There is nothing left to publish on."),
)
NAMES = (_("Practice network"), _("Practice: short"), _("Practice: photos"), _("Practice: blog"))
OWN = (_("This channel is disconnected."), _("This network cannot do that."))
