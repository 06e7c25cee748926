"""Installed as a wheel, without network, it works the same: assets, translations and vendor files are inside."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests import running as command
from tests.environment import CHECKOUT

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `leitstand` command of a fresh environment that holds the wheel and nothing of the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    made = build(CHECKOUT, place)
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = place.glob("*.whl")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "/tests/" in name]
    uv("venv", "--python", sys.executable, str(place / "venv"))
    locked = ["--frozen", "--no-dev", "--no-install-project", "--project", str(CHECKOUT)]
    uv("sync", *locked, UV_PROJECT_ENVIRONMENT=str(place / "venv"))
    uv("pip", "install", "--no-deps", "--python", str(place / "venv" / "bin" / "python"), str(wheel))
    return place / "venv" / "bin" / "leitstand"


def build(tree: Path, place: Path) -> subprocess.CompletedProcess[str]:
    """The wheel of that tree, in that folder."""
    parts = [str(BIN / "python"), "-m", "build", "--wheel", "--installer", "uv", "--outdir", str(place), str(tree)]
    environment = command.environment(place, PATH=f"{BIN}:/usr/bin:/bin")
    return subprocess.run(parts, check=False, capture_output=True, text=True, env=environment)


def uv(*arguments: str, **more: str) -> None:
    """What `make setup` has fetched is enough: nothing is asked of any network."""
    done = subprocess.run(
        [str(BIN / "uv"), *arguments, "-q", "--offline"],
        env=os.environ | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def home(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the installed command."""
    monkeypatch.setattr(command, "COMMAND", str(installed))
    return tmp_path / "home"


def test_the_wheel_runs_with_all_its_files(home: Path) -> None:
    home.mkdir()
    with command.running(home) as house:
        page = get(house.url, language="de")
        assert "Schließen" in page  # the compiled German is inside
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        assert len(files) > 3
        for file in files | {"/static/vendor/echarts/dist/echarts.min.js"}:
            assert get(house.url + file), file


def test_without_compiled_german_no_wheel_is_built(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "node_modules"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    shutil.copytree(CHECKOUT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    refused = build(tmp_path, tmp_path / "dist")
    assert refused.returncode != 0
    assert "django.mo is missing: run `make setup`" in refused.stdout + refused.stderr


def test_its_commands_work_as_in_the_checkout(home: Path, tmp_path: Path) -> None:
    done("createadmin", "ada@nordlicht.example", home=home, typed="drei-tassen-am-morgen\n")
    looked = done("doctor", "--json", home=home)
    assert {line["state"] for line in json.loads(looked)} <= {"ok", "warn"}
    done("backup", str(tmp_path / "file"), home=home)
    done("restore", str(tmp_path / "file"), home=tmp_path / "other")
    names = "from leitstand.core.models import Person; print(*Person.objects.values_list('email', flat=True))"
    assert "ada@nordlicht.example" in done("manage", "shell", "--no-imports", "-c", names, home=tmp_path / "other")
    assert "Sealed anew" in done("rotate-keys", home=tmp_path / "other")


def done(*arguments: str, home: Path, typed: str = "") -> str:
    """What the command says; it must end well."""
    answer = command.call(home, *arguments, typed=typed)
    assert answer.returncode == 0, answer.stderr + answer.stdout
    return answer.stdout


def get(url: str, language: str = "en") -> str:
    request = urllib.request.Request(url, headers={"Accept-Language": language})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(answer.read().decode(errors="replace"))
