"""Signs in, and calls XRPC methods with a session that is renewed when it has run out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import httpx

from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused
from leitstand.connectors.http import answer_of, ask
from leitstand.connectors.protocol import Account

WRONG_PASSWORD = (400, 401, 403)
SAY_SIGN_IN = "The network does not accept this name and app password."
# https://docs.bsky.app/docs/api/com-atproto-server-refresh-session ; old servers answer 400, others 401
RUN_OUT = ("ExpiredToken", "InvalidToken", "AuthenticationRequired", "AuthMissing")
Json = dict[str, Any]
T = TypeVar("T")


class Session:
    """Keeps `account` up to date: its secrets hold handle, password, access and refresh token."""

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account

    @property
    def did(self) -> str:
        """Our own identity on the network."""
        return self.account.remote_id or self.sign_in().remote_id

    def sign_in(self) -> Account:
        """A new session from the app password. Raises NotAllowed for a wrong one, and for nothing else.

        Once our identity is known it signs us in, for the name may have changed since.
        """
        secrets = self.account.secrets
        identifier = self.account.remote_id or secrets.get("handle", self.account.handle)
        body = {"identifier": identifier, "password": secrets.get("password", "")}
        try:
            return self._adopt(self._post("com.atproto.server.createSession", json=body))
        except (Refused, NotAllowed) as error:
            if error.status not in WRONG_PASSWORD:
                raise
            raise NotAllowed(SAY_SIGN_IN, error.detail) from error

    def renew(self) -> Account:
        """A new session from the refresh token; where that has run out too, from the password."""
        token = self.account.secrets.get("refresh", "")
        if not token:
            return self.sign_in()
        try:
            headers = {"Authorization": f"Bearer {token}"}
            return self._adopt(self._post("com.atproto.server.refreshSession", headers=headers))
        except (Refused, NotAllowed):
            return self.sign_in()

    def _post(self, name: str, **options: Any) -> httpx.Response:
        return ask(self.wire, "POST", self._url(name), changes=False, **options)

    def _adopt(self, answer: httpx.Response) -> Account:
        def read(session: Json) -> Account:
            tokens = {"access": session["accessJwt"], "refresh": session.get("refreshJwt", "")}
            secrets = {**self.account.secrets, **tokens}
            return Account(self.account.address, session["handle"], secrets, session["did"])

        self.account = answer_of(answer, read)
        return self.account

    def get(self, name: str, read: Callable[[Any], T], **query: str) -> T:
        return answer_of(self.call("GET", name, params=query), read)

    def call(self, method: str, name: str, **options: Any) -> httpx.Response:
        """One method call; a session that has run out is renewed once (nothing was done then)."""
        if not self.account.secrets.get("access"):
            self.sign_in()
        try:
            return self._send(method, name, **options)
        except (NotAllowed, Refused) as error:
            if not _has_run_out(error):
                raise
        self.renew()
        return self._send(method, name, **options)

    def _send(self, method: str, name: str, headers: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.account.secrets['access']}", **(headers or {})}
        return ask(self.wire, method, self._url(name), headers=bearer, **options)

    def _url(self, name: str) -> str:
        return f"{self.account.address}/xrpc/{name}"


def _has_run_out(error: ConnectorError) -> bool:
    return error.status == 401 or error.code in RUN_OUT


def no_appview(error: Refused) -> bool:
    """Whether a bare server says that nobody answers this method for it."""
    return error.status == 501 or error.code == "MethodNotImplemented" or "No service configured" in error.detail
