"""Lists: query strings that are kept, sorting, pages, filters. The address always says what is shown."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leitstand.core.errors import Text

NOT_FILTERS = {"page", "sort"}


def join(register: template.Library) -> None:
    register.simple_tag(keep, takes_context=True)
    register.simple_tag(sort, takes_context=True)
    register.inclusion_tag("components/paginate.html", takes_context=True)(paginate)
    register.simple_block_tag(filters, takes_context=True)


def keep(context: Context, request: HttpRequest | None = None, **changes: Any) -> str:
    """The query string with changes; None and "" remove. Any change but of the page itself goes to page 1."""
    query = _query(context).copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        _set(query, name, value)
    return f"?{query.urlencode()}"


def _set(query: QueryDict, name: str, value: Any) -> None:
    if value in (None, ""):
        query.pop(name, None)
    else:
        query[name] = str(value)


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


def sort(context: Context, name: str, label: Text, numeric: bool = False) -> SafeString:
    """A <th> whose link sorts by that name, upwards first; `aria-sort` says what is on."""
    now = _query(context).get("sort", "")
    direction = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
    url = keep(context, sort=f"-{name}" if now == name else name)
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a class="sort sort-{}" href="{}">{}</a></th>',
        *(direction, SafeString(' class="text-end"') if numeric else "", direction, url, label),
    )


def paginate(context: Context, page_obj: Page[Any]) -> dict[str, Any]:
    """Links to the pages near this one, the first and the last; nothing when there is only one."""
    numbers = [
        {"number": number, "url": keep(context, page=number) if isinstance(number, int) else ""}
        for number in page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    before = keep(context, page=page_obj.number - 1) if page_obj.has_previous() else ""
    after = keep(context, page=page_obj.number + 1) if page_obj.has_next() else ""
    return {"page": page_obj, "numbers": numbers, "before": before, "after": after}


def filters(context: Context, content: str, target: str = "", label: Text = "") -> SafeString:
    """A GET form around the fields; with a target id, htmx reloads only that part as one types."""
    query = _query(context)
    active = any(value for name, value in query.items() if name not in NOT_FILTERS)
    request = context.get("request")
    facts = {"content": content, "target": target, "label": label, "active": active, "sort": query.get("sort", "")}
    return render_to_string("components/filters.html", {**facts, "path": request.path if request else ""})
