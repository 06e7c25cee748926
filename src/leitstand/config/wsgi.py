"""The WSGI application that the web server calls."""

from __future__ import annotations

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitstand.config.settings")


def answering_head(pages: WSGIHandler) -> WSGIApplication:
    """HEAD is GET without the body, for every address that GET knows.

    Neither Django nor waitress drops that body; a client would take it for the beginning of the next answer
    (https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2).
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return pages(environ, start_response)
        pages({**environ, "REQUEST_METHOD": "GET"}, start_response).close()
        return []

    return answer


application = answering_head(get_wsgi_application())
