"""Pages of a list: at most a hundred lines at once, `offset` lines left out before."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema
from ninja.errors import ValidationError
from ninja.pagination import LimitOffsetPagination


class Pages(LimitOffsetPagination):
    """Limits that PostgreSQL can count to. An unknown filter is declined: what it was to leave out would come."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=100)
        offset: int = Field(0, ge=0, le=10_000_000)

    def paginate_queryset(self, queryset: Any, pagination: Any, request: HttpRequest, **filters: Any) -> Any:
        if unknown := request.GET.keys() - filters.keys() - self.Input.model_fields.keys():
            raise ValidationError([{"type": "extra_forbidden", "loc": ("query", name)} for name in sorted(unknown)])
        return super().paginate_queryset(queryset, pagination, request, **filters)
