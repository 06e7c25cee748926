from django.http import HttpRequest, HttpResponse


def soon(request: HttpRequest) -> HttpResponse:
    return HttpResponse("soon")
