"""Hours that do not exist, or come twice, as the clock changes, and years that can only be a slip."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from newsroom.reports.dated_statement import DayForm
from pages.clock_changes import REPEATED, SKIPPED, HourField
from pages.years import FIRST, LAST, DayField
from tests.building import make_standard, make_user
from tests.editor import PUBLISH, REASON, edit_url, errors_of, in_form, open_form, save_draft, translate
from worklists.forms import AskForm


@pytest.mark.sweep
@pytest.mark.parametrize(("hour", "word"), [("2099-03-29 02:30", SKIPPED), ("2099-10-25 02:30", REPEATED)])
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused_in_plain_words(hour, word, language, client, home):
    page = make_standard(home, live=False)
    refused = save_draft(client, page, go_live_at=hour)
    with translation.override(language):
        assert errors_of(refused) == {"go_live_at": [str(word)]}
    assert in_form(refused)["go_live_at"] == hour


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "given",
    [
        {"go_live_at": "0001-01-01 00:00", "expire_at": "9999-12-31 23:59", "review_on": "0001-01-01"},
        {"go_live_at": "0206-01-01 12:00", "review_on": "9999-12-31"},
    ],
    ids=["all", "two"],
)
def test_a_year_that_can_only_be_a_slip_is_refused_at_its_field_and_loses_nothing(given, client, home):
    client.force_login(make_user("Editors", "nl"))
    page = make_standard(home, live=False)
    sent = open_form(client, edit_url(page), heading_nl="Getypt") | given
    refused = client.post(edit_url(page), sent)
    text = translate("Give a year from %(first)s to %(last)s.", "nl", first=str(FIRST), last=str(LAST))
    assert errors_of(refused) == {name: [text] for name in given}
    shown = in_form(refused)
    assert {name: shown[name] for name in given} == given and shown["heading_nl"] == "Getypt"


@pytest.mark.parametrize("typed", ["05/01/2027", "5/1/27", "5-1-2027", "05.01.2027", "2027-01-05"])
def test_a_day_is_read_day_first(typed, language):
    with translation.override(language):
        assert DayField().clean(typed) == date(2027, 1, 5)
        moment = HourField().clean(f"{typed} 14:30")
        assert moment == datetime(2027, 1, 5, 13, 30, tzinfo=UTC)
        assert date_format(moment, "SHORT_DATE_FORMAT") in ("05/01/2027", "5-1-2027")


def test_a_year_that_is_stored_is_accepted():
    hour, day = HourField(), DayField()
    hour.stored, day.stored = datetime(1999, 5, 1, 10, 0, tzinfo=UTC), date(1999, 5, 1)
    assert (hour.clean("1999-05-01 12:00"), day.clean("1999-05-01")) == (hour.stored, day.stored)
    for field, other in ((hour, "1999-05-01 12:01"), (day, "1999-05-02")):
        with pytest.raises(ValidationError):
            field.clean(other)


def test_every_day_and_hour_that_staff_give_is_bounded():
    editors = [*get_page_models(), *get_snippet_models()]
    forms_of_staff = [get_edit_handler(model).get_form_class() for model in editors] + [AskForm, DayForm]
    fields = [field for form in forms_of_staff for field in form.base_fields.values()]
    given = [field for field in fields if isinstance(field, (forms.DateField, forms.DateTimeField))]
    assert len(given) > len(get_page_models())
    assert [field for field in given if not isinstance(field, (HourField, DayField))] == []


@pytest.mark.sweep
@pytest.mark.parametrize("moment", [datetime(2099, 10, 25, 0, 30, tzinfo=UTC), datetime(2099, 10, 25, 1, 30, tzinfo=UTC)])
def test_a_page_that_holds_an_hour_that_comes_twice_can_be_saved(moment, publisher, client, home):
    page = make_standard(home, live=False, go_live_at=moment)
    form = open_form(client, edit_url(page), heading_nl="Anders")
    assert form["go_live_at"] == "25/10/2099 02:30"
    assert client.post(edit_url(page), form).status_code == 302
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.heading_nl, timezone.localtime(draft.go_live_at)) == ("Anders", timezone.localtime(moment))
    assert client.post(edit_url(page), open_form(client, edit_url(page)) | PUBLISH | REASON).status_code == 302
