"""Who writes in which languages, as the functions say it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from languages.rights import language_names, languages_to_write, limit_words, refusal_words, writes_all
from tests.building import make_user


@pytest.mark.parametrize(
    ("role", "codes", "writes", "all_of_it"),
    [
        ("Translators", ["fr"], ("fr",), False),
        ("Reviewers", ["en", "nl"], ("nl", "en"), False),
        ("Translators", ["nl", "fr", "en"], ("nl", "fr", "en"), False),
        ("Translators", ["de", "x"], (), False),
        ("Translators", [], (), False),
        ("Editors", [], ("nl", "fr", "en"), True),
        ("Publishers", [], ("nl", "fr", "en"), True),
        (None, [], ("nl", "fr", "en"), True),
    ],
)
def test_languages_are_those_of_the_account_or_all(db, role, codes, writes, all_of_it):
    user = make_user(role, languages=codes)
    assert (languages_to_write(user), writes_all(user)) == (writes, all_of_it)


def test_whoever_is_not_known_writes_nothing():
    for nobody in (None, AnonymousUser()):
        assert languages_to_write(nobody) == () and not writes_all(nobody)


def test_somebody_who_may_no_longer_log_in_does_not_write_everything(db):
    user = make_user("Editors")
    user.is_active = False
    assert not writes_all(user) and languages_to_write(user) == ()


def test_languages_are_named_in_the_order_of_the_site():
    with translation.override("fr"):
        assert language_names({"en", "nl"}) == "néerlandais, anglais"


def test_what_is_refused_is_named_once_with_the_languages_or_with_whom_to_ask(db):
    user = make_user("Translators", languages=["fr"])
    with translation.override("en"):
        assert refusal_words(user, ["Heading (Dutch)", "Body", "Body"]) == (
            "Not saved, because your account works in French only: Heading (Dutch), Body."
        )
        assert "French only" in limit_words(user)
        user.languages = []
        assert refusal_words(user, ["Body"]).startswith("Not saved, because your account has no language to write in yet")
        assert "administrator" in limit_words(user)
