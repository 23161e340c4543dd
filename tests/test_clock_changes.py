"""Hours that do not exist, or come twice, as the clock changes."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation
from wagtail.models import Page

from pages.clock_changes import REPEATED, SKIPPED
from tests.building import make_standard
from tests.editor import PUBLISH, REASON, edit_url, errors_of, in_form, open_form, save_draft


@pytest.mark.sweep
@pytest.mark.parametrize(("hour", "word"), [("2099-03-29 02:30", SKIPPED), ("2099-10-25 02:30", REPEATED)])
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused_in_plain_words(hour, word, language, client, home):
    page = make_standard(home, live=False)
    refused = save_draft(client, page, go_live_at=hour)
    with translation.override(language):
        assert errors_of(refused) == {"go_live_at": [str(word)]}
    assert in_form(refused)["go_live_at"] == hour


@pytest.mark.sweep
@pytest.mark.parametrize("moment", [datetime(2099, 10, 25, 0, 30, tzinfo=UTC), datetime(2099, 10, 25, 1, 30, tzinfo=UTC)])
def test_a_page_that_holds_an_hour_that_comes_twice_can_be_saved(moment, publisher, client, home):
    page = make_standard(home, live=False, go_live_at=moment)
    form = open_form(client, edit_url(page), heading_nl="Anders")
    assert form["go_live_at"] == "2099-10-25 02:30"
    assert client.post(edit_url(page), form).status_code == 302
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.heading_nl, timezone.localtime(draft.go_live_at)) == ("Anders", timezone.localtime(moment))
    assert client.post(edit_url(page), open_form(client, edit_url(page)) | PUBLISH | REASON).status_code == 302
