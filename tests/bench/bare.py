"""A bare Django view, to compare with: no middleware, no apps, no database, no template."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path


def answer(request):
    return HttpResponse("ok")


urlpatterns = [path("", answer)]
settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["localhost"], SECRET_KEY="only-for-measuring")
application = get_wsgi_application()
