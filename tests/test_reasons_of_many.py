"""Why texts stay, where there is much: the first few are named, and large packages say it as small ones do."""

import pytest

from exchange import preview
from exchange.making import WAITING, make_waiting, order_package
from tests.building import client_of, make_standard, make_user, staff
from tests.editor import save_draft, translate
from tests.exchange_screens import NEW, post_import, reasons, send_address
from tests.logins import visible_text
from tests.packages import bring_back, choice_of, make_package, send_texts
from tests.work import behind_in_french

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_of_many_packages_and_people_the_first_are_named_and_the_others_counted(reader, home):
    user = make_user("Publishers", reader)
    sent = [behind_in_french(home, f"sent {number}") for number in range(6)]
    packages = [make_package(user, page) for page in sent]
    busy = [make_standard(home, f"busy {number}") for number in range(6)]
    for number, page in enumerate(busy):
        save_draft(client_of(make_user("Editors", name=f"Els {number}")), page, summary_nl="Anders.")
    shown = reasons(client_of(user).get(send_address(choice_of(*sent, *busy)) + "&language=fr"))
    assert len(shown) == 2 * (5 + 1)
    (of_packages, package), (of_people, form) = shown[5], shown[11]
    assert of_packages.startswith(translate("Texts are out in %(number)s other package as well.", reader, number="1"))
    assert of_people.startswith(translate("%(number)s other person has texts in translation as well.", reader, number="1"))
    assert package == packages[5].get_absolute_url() and form.startswith("/admin/pages/")


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_a_large_package_of_which_nothing_goes_out_says_why(reader, home):
    user, busy, waiting = make_user("Publishers", reader), make_standard(home, "busy"), behind_in_french(home)
    first = make_package(user, waiting)
    save_draft(client_of(make_user("Editors", name="Els")), busy, summary_nl="Anders.")
    choice = choice_of(busy, waiting)
    second = order_package(choice, WAITING, name="S", source="nl", target="fr", created_by=user)
    assert [refusal for _package, refusal in make_waiting()] == ["nothing"]
    shown = reasons(client_of(user).get(second.get_absolute_url()))
    assert shown == reasons(client_of(user).get(send_address(choice) + "&language=fr")) and len(shown) == 2
    assert shown[0][1] == first.get_absolute_url() and "Els" in shown[1][0]


def test_what_is_counted_by_the_table_contradicts_itself_nowhere(home, monkeypatch):
    monkeypatch.setattr(preview, "MOST_COUNTED", 0)
    user, page = make_user("Publishers", "en"), behind_in_french(home)
    make_package(user, page)
    words = visible_text(client_of(user).get(send_address(choice_of(page)) + "&language=fr"))
    assert "About 0 texts" in words and "New words" not in words


def test_the_way_to_what_nobody_confirmed_never_leads_to_another_text(home, monkeypatch):
    monkeypatch.setattr(preview, "MOST_COUNTED", 0)
    page = make_standard(home, "one", live=False, heading_fr="", url_slug_fr="")
    one = bring_back(send_texts(page, addresses=("summary",)), NEW)
    post_import(staff("Publishers"), one, take="ready")
    [(_words, url)] = reasons(staff("Publishers").get(send_address(choice_of(page)) + "&language=fr"))
    assert url.endswith("/edit/")


@pytest.mark.parametrize("is_counted", [True, False])
def test_a_text_that_somebody_has_in_translation_in_both_languages_counts_once(is_counted, home, monkeypatch):
    monkeypatch.setattr(preview, "MOST_COUNTED", 100 if is_counted else 0)
    one, other, user = make_standard(home, "one"), make_standard(home, "other"), make_user("Publishers", "nl")
    save_draft(client_of(user), one, summary_nl="Anders.", summary_fr="Autrement.", heading_fr="Un autre titre")
    save_draft(client_of(user), other, summary_nl="Anders.")
    [(words, url)] = reasons(client_of(user).get(send_address(choice_of(one, other)) + "&language=fr"))
    assert words.startswith("Je bent 3 teksten aan het vertalen") and "#unit=" in url
