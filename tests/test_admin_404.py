"""Where the admin has no page, staff read so in the admin and in their language; others get what readers get."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.building import staff

HEADINGS = {"nl": "Fout 404", "fr": "Erreur 404", "en": "Error 404"}
WRONG = [
    reverse("wagtailadmin_pages:edit", args=[987654]),  # a view of ours
    reverse("wagtailadmin_pages:history", args=[987654]),  # one of Wagtail's
    "/admin/failwhale/",
    "/admin/no/such/screen/",
    "/admin/images/?export=csv",  # refused before its view is asked
]


@pytest.mark.parametrize("language", HEADINGS)
def test_staff_read_in_the_admin_and_their_language_that_there_is_no_page(language, home):
    client = staff("Editors", language)
    for address in WRONG:
        response = client.get(address)
        assert response.status_code == 404
        assert "wagtailadmin/404.html" in [template.name for template in response.templates], address
        assert f'<html lang="{language}"' in response.content.decode() and HEADINGS[language] in response.content.decode()


def test_others_get_what_readers_get_and_staff_do_so_outside_of_the_admin(home):
    for client, address in ((Client(), "/admin/no-such"), (staff("Editors"), "/nl/no-such/"), (staff(None), "/no-such/")):
        response = client.get(address, follow=True)
        assert "wagtailadmin/404.html" not in [template.name for template in response.templates]
