"""A real WordPress: Debian's files on PHP's own web server, and an eye of its own on what it holds.

The eye reads the REST API plainly (https://developer.wordpress.org/rest-api/reference/) and shares no code with
our connector.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.running import free_port
from tests.servers.mariadb import mariadb
from tests.servers.processes import HERE, answers, running

DEBIAN = Path("/usr/share/wordpress")
ADMIN, ADMIN_PASSWORD = "anna", "main-password-nobody-types"
# The site calls itself by the address it is asked at, so that it may stand behind another port.
CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%s');
define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);
define('WP_SITEURL', WP_HOME);
define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('FS_METHOD', 'direct');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
Json = dict[str, Any]


@dataclass(frozen=True)
class Author:
    """A user of the blog; `password` is an application password."""

    name: str
    number: int
    password: str


class WordPress:
    """The running blog."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._visitors = 1
        self._admin = httpx.Client(base_url=url, follow_redirects=True, timeout=60)

    def install(self) -> None:
        """What a person does once in a browser: the famous five minutes, and signing in."""
        form = {
            "weblog_title": "Rösterei Morgenrot",
            "user_name": ADMIN,
            "admin_password": ADMIN_PASSWORD,
            "admin_password2": ADMIN_PASSWORD,
            "pw_weak": "1",
            "admin_email": "anna@example.org",
            "blog_public": "0",
        }
        self._admin.post("/wp-admin/install.php?step=2", data=form).raise_for_status()
        self._admin.get("/wp-login.php")
        self._admin.post("/wp-login.php", data={"log": ADMIN, "pwd": ADMIN_PASSWORD, "testcookie": "1"})
        nonce = self._admin.get("/wp-admin/admin-ajax.php?action=rest-nonce").text
        assert re.fullmatch(r"[0-9a-f]{10}", nonce), f"nobody is signed in: {nonce[:200]}"
        self._admin.headers["X-WP-Nonce"] = nonce

    def pretty(self, structure: str) -> None:
        """How the addresses of posts look; empty: plain ones, and the REST API at /?rest_route=/."""
        page = self._admin.get("/wp-admin/options-permalink.php").text
        nonce = re.search(r'name="_wpnonce" value="([0-9a-f]+)"', page)
        assert nonce, "the page of the addresses has another shape"
        form = {"_wpnonce": nonce[1], "selection": structure, "permalink_structure": structure, "submit": "1"}
        self._admin.post("/wp-admin/options-permalink.php", data=form).raise_for_status()

    def author(self, name: str, role: str = "editor") -> Author:
        """A new user with an application password."""
        user = {"username": name, "email": f"{name}@example.org", "password": ADMIN_PASSWORD, "roles": [role]}
        number = self.ask("POST", "/wp/v2/users", json=user)["id"]
        made = self.ask("POST", f"/wp/v2/users/{number}/application-passwords", json={"name": "Leitstand"})
        return Author(name, number, made["password"])

    def withdraw(self, author: Author) -> None:
        """The application passwords are valid no more."""
        self.ask("DELETE", f"/wp/v2/users/{author.number}/application-passwords")

    def posts(self, author: Author, **query: str) -> list[Json]:
        """All published posts of a user."""
        found: list[Json] = self.ask("GET", "/wp/v2/posts", author=str(author.number), **query)
        return found

    def post(self, number: str, **query: str) -> Json:
        """One post as its editor sees it, whatever its state."""
        found: Json = self.ask("GET", f"/wp/v2/posts/{number}", **query)
        return found

    def media(self, number: int) -> Json:
        """An uploaded file: its address and alternative text."""
        found: Json = self.ask("GET", f"/wp/v2/media/{number}")
        return found

    def comments(self, post: str) -> list[Json]:
        """All comments below a post, waiting ones included."""
        found: list[Json] = self.ask("GET", "/wp/v2/comments", post=post, status="all")
        return found

    def author_answers(self, author: Author, comment: Json, text: str) -> None:
        """What the author writes below a comment in the blog itself."""
        body = {"post": comment["post"], "parent": comment["id"], "author": author.number, "content": text}
        self.ask("POST", "/wp/v2/comments", json=body)

    def approve(self, comment: Json) -> None:
        """A moderator lets a waiting comment through."""
        self.ask("POST", f"/wp/v2/comments/{comment['id']}", json={"status": "approved"})

    def visitor_says(self, post: str, text: str, name: str = "Mia") -> None:
        """A comment by the form below the post, from somebody who is not signed in."""
        email = f"visitor{self._visitors}@example.org"
        form = {"comment_post_ID": post, "author": name, "email": email, "comment": text}
        # each visitor has an address of their own, because WordPress makes hasty ones wait
        self._visitors += 1
        own = httpx.HTTPTransport(local_address=f"127.0.0.{self._visitors}")
        with httpx.Client(transport=own, timeout=30) as visitor:
            said = visitor.post(f"{self.url}/wp-comments-post.php", data=form)
        assert said.status_code == 302, f"the blog takes no comment: {said.status_code}"

    def ask(self, method: str, path: str, json: Json | None = None, **query: str) -> Any:
        """The REST API as the administrator sees it."""
        address = {"rest_route": path, "context": "edit", "per_page": "100"} | query
        answer = self._admin.request(method, "/", params=address, json=json)
        assert answer.is_success, f"{method} {path}: {answer.text[:500]}"
        return answer.json()

    def close(self) -> None:
        self._admin.close()


@contextmanager
def wordpress(folder: Path) -> Iterator[WordPress]:
    """An installed blog on a free port of this machine until the block ends."""
    site, port = folder / "site", free_port()
    shutil.copytree(DEBIAN, site)
    with mariadb(folder) as socket:
        (site / "wp-config.php").write_text(CONFIG % socket)
        command = [
            "php",
            "-d",
            "display_errors=0",
            "-S",
            f"127.0.0.1:{port}",
            "-t",
            str(site),
            str(HERE / "router.php"),
        ]
        url = f"http://127.0.0.1:{port}"

        def ready() -> bool:
            return answers(f"{url}/readme.html")

        with running([*command, str(HERE / "router.php")], folder / "wordpress.log", ready, PHP_CLI_SERVER_WORKERS="4"):
            blog = WordPress(url)
            blog.install()
            yield blog
            blog.close()
