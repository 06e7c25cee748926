"""The browser libraries we serve: just these files of the packages in package.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

LIBRARIES = (
    "@tabler/core/dist/css/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js",
    "@tabler/icons-webfont/dist/tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.ttf",
    "htmx.org/dist/htmx.min.js",
    "fullcalendar/index.global.min.js",
    "@fullcalendar/core/locales/de.global.min.js",
    "echarts/dist/echarts.min.js",
)


class LibraryFinder(FileSystemFinder):
    """Finds the libraries without walking through the fifteen thousand files of their packages."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for _prefix, root in self.locations:
            storage = self.storages[root]
            yield from ((name, storage) for name in LIBRARIES if storage.exists(name))
