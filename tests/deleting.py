"""Deleting pages as staff do, one or several."""

import pytest
from django.urls import reverse


def delete_page(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def delete_pages(client, *pages):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(url + "?" + "&".join(f"id={page.pk}" for page in pages))


@pytest.fixture(params=[delete_page, delete_pages])
def delete(request):
    return request.param
