"""Charts: the figures travel as JSON, `charts.js` draws them, a table says the same in words."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, NotRequired, TypedDict
from uuid import uuid4

from django import template

from leitstand.core.errors import Text


class Series(TypedDict):
    """One line, bar row or ring. `dashed` for forecasts; `state` colours it by meaning."""

    name: Text
    values: list[float | None]
    dashed: NotRequired[bool]
    state: NotRequired[str]


class ChartData(TypedDict):
    """What a chart shows. `target` draws a level line, `marks` vertical ones at a label."""

    labels: list[Any]
    series: list[Series]
    unit: NotRequired[str]
    target: NotRequired[float]
    marks: NotRequired[list[dict[str, Any]]]


def join(register: template.Library) -> None:
    register.inclusion_tag("components/chart.html")(chart)


def chart(data: ChartData, kind: str = "line", title: Text = "", size: str = "") -> dict[str, Any]:
    """Kinds: line, area, bar, stacked, row, donut, spark. Sizes: "", "sm", "lg"."""
    columns = [one["values"] for one in data["series"]]
    rows = list(zip(data["labels"], zip_longest(*columns), strict=False))
    name = f"chart-{uuid4().hex[:8]}"
    facts = {"id": name, "data_id": f"{name}-data", "kind": kind, "title": title, "size": size}
    return {**facts, "data": {**data, "kind": kind}, "rows": rows}
