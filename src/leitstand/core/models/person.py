"""A person with an account here, and the roles they hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leitstand.core.people.roles import Role, names, permissions_of


class People(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A new person; without a password they can only enter by single sign-on."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def holding(self, permission: str) -> list[Person]:
        """Active people who hold that permission, by name."""
        return [person for person in self.filter(is_active=True).order_by("name") if person.may(permission)]


class Person(AbstractBaseUser):
    """Signs in by e-mail. `sealed_apprise` holds the person's alarm addresses, encrypted."""

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=120)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, verbose_name=_("Roles"))
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, blank=True, default="")
    is_active = models.BooleanField(_("Active"), default=True)
    wants_mail = models.BooleanField(_("Notify me by e-mail"), default=True)
    sealed_apprise = models.TextField(blank=True, default="")
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="person_email_once")]
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def role_names(self) -> list[str]:
        return names(self.roles)

    def may(self, permission: str) -> bool:
        """Whether one of the person's roles holds that permission."""
        return self.is_active and permission in permissions_of(self.roles)
