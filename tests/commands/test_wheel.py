"""Installed as a wheel it works the same: assets, translations and vendor files are inside."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests import running as command
from tests.environment import CHECKOUT

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `leitstand` command of a fresh environment that holds the wheel and nothing of the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    build = [str(BIN / "python"), "-m", "build", "--wheel", "--installer", "uv", "--outdir", str(place), str(CHECKOUT)]
    subprocess.run(build, check=True, capture_output=True, env=command.environment(place, PATH=f"{BIN}:/usr/bin:/bin"))
    (wheel,) = place.glob("*.whl")
    subprocess.run([str(BIN / "uv"), "venv", "-q", "--python", sys.executable, str(place / "venv")], check=True)
    into = ["--python", str(place / "venv" / "bin" / "python")]
    subprocess.run([str(BIN / "uv"), "pip", "install", "-q", *into, str(wheel)], check=True)
    return place / "venv" / "bin" / "leitstand"


def test_the_wheel_runs_with_all_its_files(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "COMMAND", str(installed))
    with command.running(tmp_path) as house:
        page = get(house.url, language="de")
        assert "Schließen" in page  # the compiled German is inside
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        assert len(files) > 3
        for file in files | {"/static/vendor/echarts/dist/echarts.min.js"}:
            assert get(house.url + file), file


def get(url: str, language: str = "en") -> str:
    request = urllib.request.Request(url, headers={"Accept-Language": language})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(answer.read().decode(errors="replace"))
