"""What the settings become where a variable is left out."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SETTINGS = Path(__file__).parents[2] / "src" / "leitstand" / "config" / "settings.py"
OWN = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LEITSTAND_URL", "https://desk.example/social"),
        ("LEITSTAND_URL", "https://ada:secret@desk.example"),
        ("LEITSTAND_URL", "desk.example"),
        ("LEITSTAND_OIDC_URL", "foo"),
    ],
)
def test_an_address_that_cannot_work_is_refused(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match=variable):
        runpy.run_path(str(SETTINGS))


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, ["127.0.0.1", *OWN]),
        ({"LEITSTAND_BIND": "0.0.0.0"}, ["127.0.0.1", *OWN]),
        ({"LEITSTAND_BIND": "0.0.0.0", "LEITSTAND_URL": "http://desk.lan:8000/"}, ["desk.lan", *OWN]),
        ({"LEITSTAND_URL": "https://[fd00::7]:8443"}, ["[fd00::7]", *OWN]),
        ({"LEITSTAND_HOSTS": "a.example, b.example"}, ["a.example", "b.example"]),
    ],
)
def test_the_server_answers_to_its_own_names_only(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: list[str]
) -> None:
    for name in ("LEITSTAND_BIND", "LEITSTAND_URL", "LEITSTAND_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert runpy.run_path(str(SETTINGS))["ALLOWED_HOSTS"] == expected
