"""Lists: pages and filters. The address always says what is shown."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from leitstand.core.errors import Text


def join(register: template.Library) -> None:
    register.inclusion_tag("components/paginate.html", takes_context=True)(paginate)
    register.simple_block_tag(filters, takes_context=True)


def _page(context: Context, number: int) -> str:
    """The query string as it is, on another page."""
    query = _query(context).copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


def paginate(context: Context, page_obj: Page[Any]) -> dict[str, Any]:
    """Links to the pages near this one, the first and the last; nothing when there is only one."""
    numbers = [
        {"number": number, "url": _page(context, number) if isinstance(number, int) else ""}
        for number in page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    before = _page(context, page_obj.number - 1) if page_obj.has_previous() else ""
    after = _page(context, page_obj.number + 1) if page_obj.has_next() else ""
    return {"page": page_obj, "numbers": numbers, "before": before, "after": after}


def filters(context: Context, content: str, target: str = "", label: Text = "") -> SafeString:
    """A GET form around the fields; with a target id, htmx reloads only that part as one types."""
    query = _query(context)
    active = any(value for name, value in query.items() if name != "page")
    request = context.get("request")
    facts = {"content": content, "target": target, "label": label, "active": active}
    return render_to_string("components/filters.html", {**facts, "path": request.path if request else ""})
