"""A PostgreSQL that speaks TLS only: Debian's, because the embedded one knows nothing of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.commands.conftest import ADA, PASSWORD, PEOPLE
from tests.running import call, free_port

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))
DEBIAN_S = pytest.mark.skipif(not PROGRAMS or os.geteuid() != 0, reason="needs root and Debian's package postgresql")


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """The setting that names it; a connection without TLS is refused."""
    folder, port = Path(mkdtemp(prefix="leitstand-tls-", dir="/tmp")), free_port()
    certificate(folder)
    for path in [folder, *folder.iterdir()]:
        shutil.chown(path, "postgres", "postgres")
    done("initdb", "-D", f"{folder}/data", "-U", "leitstand", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    (folder / "data" / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 trust\n")
    tls = f"-c ssl=on -c ssl_cert_file={folder}/cert.pem -c ssl_key_file={folder}/key.pem -c fsync=off"
    options = f"{tls} -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
    try:
        done("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", options, "start")
        yield {"DATABASE_URL": f"postgresql://leitstand@127.0.0.1:{port}/postgres?sslmode=require"}
    finally:
        done("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def done(program: str, *arguments: str) -> None:
    command = [str((PROGRAMS or Path()) / program), *arguments]
    subprocess.run(command, user="postgres", group="postgres", cwd="/", check=True, stdout=subprocess.DEVNULL)


def certificate(folder: Path) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    today = datetime.now(UTC)
    signed = made.not_valid_before(today).not_valid_after(today + timedelta(days=1)).sign(key, hashes.SHA256())
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*form))
    (folder / "key.pem").chmod(0o600)
    (folder / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))


@DEBIAN_S
def test_a_backup_goes_and_comes_by_tls_only(server: dict[str, str], tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "leitstand.backup"
    made = call(home, "createadmin", ADA, typed=PASSWORD + "\n", more=server)
    assert made.returncode == 0, made.stderr
    refused = call(home, "backup", str(file), more=server | {"PATH": str(tmp_path)})
    assert refused.returncode != 0 and "install postgresql-client-" in refused.stderr
    assert not file.exists()
    written = call(home, "backup", str(file), more=server)
    assert written.returncode == 0, written.stderr
    restored = call(home, "restore", "--force", str(file), more=server)
    assert restored.returncode == 0, restored.stderr
    assert ADA in call(home, "manage", "shell", "--no-imports", "-c", PEOPLE, more=server).stdout
