"""The list of keys that "?" opens on every screen of the admin: ours and Wagtail's, with the names that style sheets use."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.building import make_user
from tests.editor import translate

pytestmark = pytest.mark.django_db
OURS = {
    "home": "To the first text that waits",
    "strings": "Save, and on to the next string that needs work",
    "texts": "To the next text to mend; at the end of the form, to what waits next",
}


@pytest.fixture(params=[("Translators", "fr"), ("Editors", "nl"), (None, "en")])
def keys(request, home, client):
    """The list of somebody, and the language of their admin."""
    role, reader = request.param
    client.force_login(make_user(role, reader))
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    return page.select_one("#keyboard-shortcuts-dialog"), reader


@pytest.mark.sampled(1)
def test_each_group_of_ours_stands_once_before_those_of_wagtail_in_the_language_of_the_admin(keys):
    listed, reader = keys
    groups = [group["data-keys"] for group in listed.select("[data-keys]")]
    assert groups[:3] == ["home", "strings", "texts"] and len(groups) == len(set(groups)) > 3
    for group, message in OURS.items():
        assert translate(message, reader) in str(listed.select_one(f"[data-keys={group}]"))


@pytest.mark.sampled(1)
def test_style_sheets_leave_out_only_groups_and_keys_that_there_are(keys):
    listed, _reader = keys
    sheet = (settings.BASE_DIR / "static" / "css" / "shortcuts.css").read_text()
    named = re.findall(r"(\[data-keys?\$?=\"[^\"]+\"\])", sheet)
    assert named and all(listed.select(selector) for selector in named), named
