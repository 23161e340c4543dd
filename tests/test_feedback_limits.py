"""Floods of answers are held up, and a cache that fails loses none."""

from django.utils import timezone

from audience import limits
from audience.feedback_form import TOO_MANY
from audience.models import Feedback
from tests.caches import server_that_is_away
from tests.feedback import MINUTE, OWN, answer, comment, errors, translate, typed_in


def test_a_flood_of_one_page_is_held_up_loses_nothing_and_leaves_other_pages_alone(client, standard, section, monkeypatch):
    monkeypatch.setattr(limits, "ANSWERS_PER_PAGE", 2)
    thanks = [answer(client, standard, answer=said) for said in ("no", "yes")][-1]
    response = answer(client, standard, answer="no", comment="Mijn tekst")
    assert response.status_code == 429 and errors(response) == [translate(TOO_MANY)]
    assert typed_in(response) == ("no", "Mijn tekst")
    late = comment(client, standard, thanks, "Ook dit")
    assert late.status_code == 429 and typed_in(late)[1] == "Ook dit"
    assert Feedback.objects.count() == 2
    assert answer(client, section, answer="yes").status_code == 200


def test_a_flood_of_the_whole_site_is_held_up(client, standard, section, monkeypatch):
    monkeypatch.setattr(limits, "ANSWERS_PER_SITE", 1)
    answer(client, standard, answer="yes")
    assert answer(client, section, answer="yes").status_code == 429


def test_a_minute_later_answers_are_taken_again(standard, monkeypatch):
    monkeypatch.setattr(limits, "ANSWERS_PER_PAGE", 1)
    now = timezone.now()
    assert [limits.is_flood_after_answer(standard, moment) for moment in (now, now, now + MINUTE)] == [False, True, False]


def test_a_cache_that_fails_loses_no_answer(client, standard, settings):
    settings.CACHES = settings.CACHES | {"throttles": server_that_is_away()}
    assert answer(client, standard, answer="yes").status_code == 200
    assert Feedback.objects.exists()


def test_a_flood_is_held_up_while_the_cache_is_away(client, standard, settings, monkeypatch, caplog):
    settings.CACHES = settings.CACHES | {"throttles": server_that_is_away()}
    monkeypatch.setattr(limits, "ANSWERS_PER_PAGE", 2)
    said = [answer(client, standard, answer=said).status_code for said in ("yes", "no", "yes")]
    assert said == [200, 200, 429]
    assert caplog.text.count("does not answer") == 1 and "Traceback" not in caplog.text


def test_the_count_is_kept_under_no_address(client, standard, monkeypatch):
    keys = []
    monkeypatch.setattr("delivery.throttle.increment", lambda key, _seconds: keys.append(key) or 1)
    answer(client, standard, answer="yes", headers={**OWN, "X-Forwarded-For": "203.0.113.7"})
    assert len(keys) == 2 and not any("127.0.0.1" in key or "203.0.113.7" in key for key in keys)
