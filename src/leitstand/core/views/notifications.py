"""What a person was told: list, read, all read; and the bell that asks now and then."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leitstand.core import queries
from leitstand.core.pages import PersonRequest, needs, page, see_other

A_PAGE = 30


@needs()
def listing(request: PersonRequest) -> HttpResponseBase:
    only_unread = request.GET.get("show") == "unread"
    news = queries.notifications(request.user, only_unread)
    return page(
        request,
        "core/notifications.html",
        "results",
        page_obj=Paginator(news, A_PAGE).get_page(request.GET.get("page")),
        only_unread=only_unread,
        unread=queries.notifications(request.user, only_unread=True).count(),
    )


@needs()
@require_POST
def read(request: PersonRequest, notification_id: int) -> HttpResponseBase:
    """Marks it read and goes where it points."""
    news = queries.notification_for(request.user, notification_id)
    queries.notifications(request.user, only_unread=True).filter(pk=news.pk).update(read_at=timezone.now())
    inside = url_has_allowed_host_and_scheme(news.url, allowed_hosts=None)
    return see_other(request, news.url if inside and "go" in request.POST else reverse("core:notifications"))


@needs()
@require_POST
def all_read(request: PersonRequest) -> HttpResponseBase:
    queries.notifications(request.user, only_unread=True).update(read_at=timezone.now())
    return see_other(request, reverse("core:notifications"))


def bell(request: PersonRequest) -> HttpResponseBase:
    """The bell with its number, for a page that stays open. 286 tells htmx to stop asking (signed out)."""
    if not request.user.is_authenticated:
        return HttpResponse(status=286)
    return page(request, "core/bell.html", unread=queries.notifications(request.user, only_unread=True).count())
