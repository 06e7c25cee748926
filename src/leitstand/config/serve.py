"""The two processes that do the work: the web server and the worker."""

from __future__ import annotations

import logging
import signal
import sys
import time

import waitress
from django.conf import settings

log = logging.getLogger(__name__)
MOST_CONNECTIONS, LONGEST_SILENCE = 900, 60
"""Open at the same time, idle ones included: a browser keeps six, a worker one for each channel and thread of the
practice network. Below the 1,024 files that a process may usually open. Seconds until an idle one is closed."""
FIRST_REST, LONGEST_REST = 1.0, 60.0


def web() -> int:
    """Serves pages until told to stop."""
    from leitstand.config.wsgi import application

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        waitress.serve(
            application,
            host=settings.BIND,
            port=settings.PORT,
            threads=settings.WEB_THREADS,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=LONGEST_SILENCE,
            asyncore_use_poll=True,
            ident=None,
            clear_untrusted_proxy_headers=False,
            max_request_body_size=200 * 1024 * 1024,
        )
    except OSError as error:
        print(port_taken(error), file=sys.stderr)
        return 1
    except ValueError as error:  # so does waitress decline what is no address of this machine
        print(f"LEITSTAND_BIND={settings.BIND!r} cannot be used: {error}", file=sys.stderr)
        return 1
    return 0


def port_taken(error: OSError) -> str:
    return (
        f"Port {settings.PORT} on {settings.BIND} cannot be used: {error.strerror}. "
        f"Choose another one, for example: PORT={settings.PORT + 1} leitstand run"
    )


def worker(concurrency: int | None = None) -> int:
    """Does jobs until told to stop. What ends unasked, as when the database is restarted, begins anew after a rest."""
    from leitstand.core.worker import run

    rest, began = FIRST_REST, time.monotonic()
    while not run(concurrency):
        rest = FIRST_REST if time.monotonic() - began > LONGEST_REST else min(rest * 2, LONGEST_REST)
        log.warning("The worker begins anew in %.0f s.", rest)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        time.sleep(rest)
        began = time.monotonic()
    return 0
