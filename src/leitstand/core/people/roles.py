"""Who may do what: roles are bundles of permissions; a person holds one or more roles."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Text


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    MANAGER = "manager", _("Social media manager")
    EDITOR = "editor", _("Editor")
    AGENT = "agent", _("Community agent")
    APPROVER = "approver", _("Approver")
    LEGAL = "legal", _("Legal")
    SALES = "sales", _("Sales")
    READER = "reader", _("Reader")


_READ = {"post.view", "mention.view", "conversation.view", "goal.view", "channel.view", "guideline.view"}
_WRITE = {"post.write", "post.schedule"}
_AGENT = {"conversation.answer", "mention.judge"}
_APPROVE = {"post.approve"}
_LISTEN = {"source.edit", "query.edit", "mention.judge"}
_MANAGE = {"channel.connect", "goal.edit", "post.hold", "duty.assign", "company.edit", "guideline.edit", "diary.view"}
_LEGAL = {"rule.waive", "guideline.edit", "rule.edit", "diary.view"}
_ADMIN = {"people.manage", "company.edit", "system.view", "channel.connect", "diary.view", "duty.assign"}

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset(_READ | _WRITE | _AGENT | _APPROVE | _LISTEN | _MANAGE | _ADMIN | {"rule.edit"}),
    Role.MANAGER: frozenset(_READ | _WRITE | _AGENT | _APPROVE | _LISTEN | _MANAGE | {"system.view"}),
    Role.EDITOR: frozenset(_READ | _WRITE | _LISTEN),
    Role.AGENT: frozenset(_READ | _AGENT),
    Role.APPROVER: frozenset(_READ | _APPROVE),
    Role.LEGAL: frozenset(_READ | _APPROVE | _LEGAL),
    Role.SALES: frozenset(_READ | {"goal.edit"}),
    Role.READER: frozenset(_READ),
}


MAY: dict[str, Text] = {
    Role.ADMINISTRATOR: _("Everything but exceptions from rules: also people, company, technology."),
    Role.MANAGER: _(
        "Runs the role: writes, approves, answers, listens, sets goals, connects channels, can put a hold."
    ),
    Role.EDITOR: _("Writes and schedules posts, looks after sources and search queries."),
    Role.AGENT: _("Answers people in the inbox and judges mentions."),
    Role.APPROVER: _("Approves posts that need a second pair of eyes."),
    Role.LEGAL: _("Approves, edits rules and guideline, grants exceptions, reads the diary."),
    Role.SALES: _("Reads everything and edits goals."),
    Role.READER: _("Reads everything, changes nothing."),
}


def names(roles: list[str]) -> list[str]:
    """The roles in words; a role that is not known any more keeps its bare name."""
    return [str(Role(role).label) if role in Role.values else role for role in roles]


def permissions_of(roles: list[str]) -> frozenset[str]:
    """All permissions of these roles together."""
    return frozenset().union(*(PERMISSIONS.get(role, frozenset()) for role in roles))
