"""What changed in a text, marked word by word."""

import re

import pytest
from bs4 import BeautifulSoup
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as some

from languages import word_diff
from languages.normalising import normalise
from languages.word_diff import mark_changes


def test_one_changed_word_is_marked_and_nothing_else():
    before = "<p>Actiris helpt werkzoekenden in Brussel.</p>"
    after = "<p>Actiris helpt <b>jonge</b> werkzoekenden in Gent.</p>"
    html = mark_changes(before, after, "rich")
    assert re.findall(r"<del>(.*?)</del>", html) == ["Brussel"]
    assert "Gent" in re.findall(r"<ins>(.*?)</ins>", html)[-1]
    assert BeautifulSoup(html, "html.parser").text.startswith("Actiris helpt ")


def test_paragraphs_stay_apart_and_a_changed_link_is_named():
    assert mark_changes("<p>a</p><p>b</p>", "<p>a</p><p>b</p>", "rich") == "a<br>b"
    html = mark_changes('<p><a href="/x/">hier</a></p>', '<p><a href="/y/">hier</a></p>', "rich")
    assert "/x/" in html and "/y/" in html and html.count("hier") == 1


@given(some.text(alphabet="ab <>&\"'p/;l\n", max_size=30), some.text(alphabet="ab <>&\"'p/;t\n", max_size=30))
def test_no_text_can_break_out_of_its_marks(before, after):
    html = mark_changes(before, after)
    tags = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)}
    assert tags <= {"del", "ins", "br"}
    kept = re.sub(r"<del>.*?</del>", "", html, flags=re.DOTALL)
    assert BeautifulSoup(kept, "html.parser").text == normalise(after)


@given(some.text(alphabet="ab <>&p/;lt", max_size=30), some.text(alphabet="ab <>&p/;", max_size=30))
def test_nor_can_rich_text(before, after):
    html = mark_changes(f"<p>{escape(before)}</p>", f"<p>{escape(after)}<b>x</b></p>", "rich")
    assert {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)} <= {"del", "ins", "br", "small"}


def test_signs_of_rich_text_are_shown_as_they_are():
    assert mark_changes("<p>a</p>", "<p>a &lt; b &amp; c</p>", "rich") == "a<ins> &lt; b &amp; c</ins>"


def test_twelve_hundred_words_are_compared_whole():
    words = [f"woord{number}" for number in range(1200)]
    html = mark_changes(" ".join(words), " ".join([*words[:600], "nieuw", *words[600:]]))
    assert html.count("<ins>") == 1 and "nieuw" in html and "<del>" not in html


@pytest.mark.parametrize(
    "before, after",
    [
        ("a b " * 4000, "b a a " * 2700),
        ("x. y. " * 3000, "y. x. x. " * 2000),
        ("een twee " * 3000, "twee drie een vier " * 1500),
    ],
    ids=["words", "sentences", "rewritten"],
)
def test_however_texts_repeat_themselves_only_so_many_words_are_compared(before, after, monkeypatch):
    looked_at = []
    find = word_diff.SequenceMatcher.find_longest_match

    def count_and_find(self, alo=0, ahi=None, blo=0, bhi=None):
        looked_at.append(sum(len(self.b2j.get(one, ())) for one in self.a[alo:ahi]))
        return find(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(word_diff.SequenceMatcher, "find_longest_match", count_and_find)
    html = mark_changes(before, after)
    assert sum(looked_at) <= word_diff.BUDGET
    assert " ".join(re.sub(r"<del>.*?</del>|</?ins>", "", html).split()) == normalise(after)


def test_of_a_long_text_only_the_sentences_that_changed_are_marked():
    sentences = [f"Zin {number} gaat over de dienst en de stad. " for number in range(600)]
    changed = [*sentences]
    for number in (3, 300, 597):
        changed[number] = changed[number].replace("stad", "gemeente")
    html = mark_changes("".join(sentences), "".join(changed))
    assert re.findall(r"<ins>(.*?)</ins>", html) == ["gemeente"] * 3
