"""Charts: the figures travel as JSON, `charts.js` draws them, a table says the same in words."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import zip_longest
from typing import Any, NotRequired, TypedDict
from uuid import uuid4

from django import template

from leitstand.core.errors import Text
from leitstand.core.templatetags.house_time import short

ISO = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+([+-]\d\d:\d\d)?)?")


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
    """Kinds: line, area, bar, stacked, row, donut, spark. Sizes: "", "sm", "lg". ISO dates become words."""
    columns = [one["values"] for one in data["series"]]
    labels = [_label(label) for label in data["labels"]]
    rows = list(zip(labels, zip_longest(*columns), strict=False))
    data = {**data, "labels": labels, "marks": [{**mark, "at": _label(mark["at"])} for mark in data.get("marks", [])]}
    name = f"chart-{uuid4().hex[:8]}"
    facts = {"id": name, "data_id": f"{name}-data", "kind": kind, "title": title, "size": size}
    return {**facts, "data": {**data, "kind": kind}, "rows": rows}


def _label(label: Any) -> Any:
    if not isinstance(label, str) or not ISO.fullmatch(label):
        return label
    moment = datetime.fromisoformat(label)
    return short(moment) if "T" in label else short(moment.date())
