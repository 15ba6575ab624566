"""A resource behind Django's `condition`: /?tag="v1"&modified=<nanoseconds since 1970>, or /?absent"""

import sys
from datetime import datetime, timezone

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import condition

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="for a test", USE_TZ=True)


def tag(request):
    return request.GET.get("tag")


def modified(request):
    nanoseconds = request.GET.get("modified")
    return nanoseconds and datetime.fromtimestamp(int(nanoseconds) / 1e9, timezone.utc)


@condition(etag_func=tag, last_modified_func=modified)
def resource(request):
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=204)
    if "absent" in request.GET:
        return HttpResponse(status=404)
    return HttpResponse("abcdefghijklmnopqrstuvwxyz", content_type="text/plain")


urlpatterns = [path("", resource)]

execute_from_command_line(["", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{sys.argv[1]}"])
