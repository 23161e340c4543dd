"""A bare Django view, to compare with: no middleware, no apps, no database, no template.

Whoever has an answer already gets a 304 with the headers of BARE_304, those of the site.
"""

import json
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, HttpResponseNotModified
from django.urls import path

TAG = "HTTP_IF_NONE_MATCH"  # as WSGI has it: to make Django's `headers` takes longer than the rest
HEADERS = json.loads(os.environ.get("BARE_304", "{}"))


def answer(request):
    return HttpResponseNotModified(headers=HEADERS) if TAG in request.META else HttpResponse("ok")


urlpatterns = [path("", answer)]
settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["localhost"], SECRET_KEY="only-for-measuring")
application = get_wsgi_application()
