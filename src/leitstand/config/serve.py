"""The two processes that do the work: the web server and the worker."""

from __future__ import annotations

import logging
import signal
import sys

import waitress
from django.conf import settings


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
            ident=None,
            clear_untrusted_proxy_headers=False,
            max_request_body_size=200 * 1024 * 1024,
        )
    except OSError as error:
        print(port_taken(error), file=sys.stderr)
        return 1
    return 0


def port_taken(error: OSError) -> str:
    return (
        f"Port {settings.PORT} on {settings.BIND} cannot be used: {error.strerror}. "
        f"Choose another one, for example: PORT={settings.PORT + 1} leitstand run"
    )


def worker(concurrency: int = 0) -> int:
    """Does jobs until told to stop."""
    from leitstand.core import jobs

    jobs.run_worker(concurrency)
    return 0
