"""Accounts of the practice network: opened without a key, known by a token of which only the hash is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
import unicodedata
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from leitstand.practice.kinds import SQUARE, Kind, kind_of
from leitstand.practice.models import Account
from leitstand.practice.people import BY_HANDLE
from leitstand.practice.react import plan_mentions
from leitstand.practice.refusals import Refusal, SlowDown

PER_WINDOW, WINDOW = 300, 300
ACCOUNTS_PER_HOUR = 300
NOT_ALLOWED = re.compile(r"[^a-z0-9_.-]+")
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def open_account(handle: str, name: str, kind: str = "") -> tuple[Account, str]:
    """The account and its token. A name that is taken gets a number; one whose access was ended is given back."""
    if Account.objects.filter(created_at__gt=timezone.now() - timedelta(hours=1)).count() >= ACCOUNTS_PER_HOUR:
        raise SlowDown("too many new accounts", 600)
    sort, token = kind_of(kind), secrets.token_urlsafe(32)
    plain = handle_from(handle)
    base = plain if plain.endswith(sort.suffix) else plain + sort.suffix
    if Account.objects.filter(handle=base, kind=sort.slug, token_hash=None).update(token_hash=hashed(token)):
        return Account.objects.get(handle=base), token
    account = _create(base, _name(name.strip() or handle.strip(), plain), hashed(token), sort)
    if sort is SQUARE:
        plan_mentions(account)
    return account, token


def handle_from(typed: str) -> str:
    """The typed name as a handle: small letters, figures, dot, dash, underscore."""
    folded = typed.strip().lstrip("@").lower().translate(GERMAN)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    found = NOT_ALLOWED.sub("_", plain).strip("_.-")[:40]
    if not found:
        raise Refusal("an account needs a name")
    return found


def _name(typed: str, plain: str) -> str:
    """A bare handle as a name looks better written as words."""
    return plain.replace("_", " ").replace(".", " ").title() if typed == plain else typed[:120]


def _create(base: str, name: str, token_hash: str, kind: Kind) -> Account:
    for _attempt in range(20):
        taken = set(Account.objects.filter(handle__startswith=base).values_list("handle", flat=True)) | set(BY_HANDLE)
        numbered = (f"{base}{number}" if number > 1 else base for number in range(1, 100_000))
        handle = next(one for one in numbered if one not in taken)
        try:
            with transaction.atomic():
                followers = 180 + sum(handle.encode()) % 240
                facts = {"name": name, "kind": kind.slug, "token_hash": token_hash, "followers": followers}
                return Account.objects.create(handle=handle, **facts)
        except IntegrityError:  # somebody took the same name this very moment
            continue
    raise SlowDown("this name is much wanted", 5)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def spend(token: str) -> Account | None:
    """The account of the token, one call of its rate limit spent; None: the token is not known."""
    window = int(time.time()) // WINDOW
    spent = Case(When(window=window, then=F("spent") + 1), default=Value(1))
    known = Account.objects.filter(token_hash=hashed(token)) if token else Account.objects.none()
    if not known.update(spent=spent, window=window):
        return None
    return known.first()


def left_of(account: Account) -> int:
    """Calls left in this window; below 0 the call is refused."""
    return PER_WINDOW - account.spent


def resets_at(account: Account) -> int:
    """When the window ends, in seconds since 1970."""
    return (account.window + 1) * WINDOW


def end_access(handle: str) -> bool:
    """Takes the token away, so that losing and renewing access can be practised. False: there was none."""
    return bool(Account.objects.filter(handle=handle).exclude(token_hash=None).update(token_hash=None))
