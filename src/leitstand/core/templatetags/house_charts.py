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
    """One line, or one layer of the bars. `dashed` for forecasts; `state` colours it by meaning.

    `apart`: on an axis of its own at the right, for what counts in another order of size.
    """

    name: Text
    values: list[float | None]
    dashed: NotRequired[bool]
    state: NotRequired[str]
    apart: NotRequired[bool]


class ChartData(TypedDict):
    """What a chart shows."""

    labels: list[Any]
    series: list[Series]
    unit: NotRequired[str]


def join(register: template.Library) -> None:
    register.inclusion_tag("components/chart.html")(chart)


def chart(data: ChartData, kind: str = "line", title: Text = "", size: str = "") -> dict[str, Any]:
    """Kinds: line, area, stacked. Sizes: "", "sm". ISO dates become words.

    A line over days lies on an axis of time (`days`).
    """
    columns = [one["values"] for one in data["series"]]
    labels = [_label(label) for label in data["labels"]]
    rows = list(zip(labels, zip_longest(*columns), strict=False))
    on_days = kind in ("line", "area") and all(map(_is_day, data["labels"]))
    days = {"days": data["labels"]} if on_days else {}
    name = f"chart-{uuid4().hex[:8]}"
    facts = {"id": name, "data_id": f"{name}-data", "kind": kind, "title": title, "size": size}
    return {**facts, "data": {**data, **days, "labels": labels, "kind": kind}, "rows": rows}


def _is_day(label: Any) -> bool:
    return isinstance(label, str) and len(label) == len("2026-11-23") and bool(ISO.fullmatch(label))


def _label(label: Any) -> Any:
    if not isinstance(label, str) or not ISO.fullmatch(label):
        return label
    moment = datetime.fromisoformat(label)
    return short(moment) if "T" in label else short(moment.date())
