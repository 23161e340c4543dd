"""The unit walk: every translatable text out and in, with addresses that stay."""

import pytest
from wagtail import blocks

from languages import streams
from languages.blocks import LimitedBlock, TranslatedBlock, TranslatedRichTextBlock, TranslatedURLBlock
from languages.concurrent_edits.conflicts import plain_text
from languages.parity import gaps
from languages.standing_values import count_words
from languages.texts import is_filled, text_for_reader
from languages.units import Unit, UnknownAddress, put, stream_units, units
from mandates.models import MandatePage
from pages.models import SiteSettings


class Item(blocks.StructBlock):
    title = TranslatedBlock(required=True, label="Title")
    url = TranslatedURLBlock(label="Address")


class Section(LimitedBlock):
    text = TranslatedRichTextBlock(label="Text")
    year = blocks.IntegerBlock(required=False)
    items = blocks.ListBlock(Item())


STREAM = blocks.StreamBlock([("section", Section()), ("line", TranslatedBlock(label="Line"))])


def raw():
    """A stream as it is stored."""
    return [
        {
            "type": "section",
            "id": "s1",
            "value": {
                "text": {"nl": "<p>Tekst</p>", "fr": "<p>Texte</p>", "en": ""},
                "year": 2013,
                "items": [
                    {"type": "item", "id": "i1", "value": {"title": {"nl": "Een", "fr": "Un", "en": "One"}, "url": {}}},
                    {"type": "item", "id": "i2", "value": {"title": {"nl": "Twee", "fr": "", "en": ""}, "url": {}}},
                ],
                "only_in": [],
            },
        },
        {"type": "line", "id": "l1", "value": {"nl": "Regel", "fr": "Ligne", "en": "Line"}},
    ]


def by_address(texts):
    return {unit.address: unit for unit in texts}


def test_a_stream_yields_its_texts_in_reading_order_with_addresses_made_of_ids():
    assert [unit.address for unit in stream_units("body", STREAM, raw())] == [
        "body.s1.text",
        "body.s1.items.i1.title",
        "body.s1.items.i1.url",
        "body.s1.items.i2.title",
        "body.s1.items.i2.url",
        "body.l1",
    ]


def test_a_unit_knows_its_texts_kind_label_and_whether_it_is_required():
    texts = by_address(stream_units("body", STREAM, raw(), "Body"))
    assert texts["body.s1.text"].texts == {"nl": "<p>Tekst</p>", "fr": "<p>Texte</p>", "en": ""}
    assert texts["body.s1.text"].kind == "rich"
    assert texts["body.s1.items.i1.url"].kind == "url"
    assert texts["body.s1.items.i1.title"].required
    assert texts["body.s1.items.i1.title"].label == "Body – Title"


def test_addresses_survive_reordering():
    before = by_address(stream_units("body", STREAM, raw()))
    moved = raw()[::-1]
    moved[1]["value"]["items"].reverse()
    assert by_address(stream_units("body", STREAM, moved)) == before


def test_texts_put_back_are_the_texts_taken_out():
    changes = {("s1", "items", "i2", "title"): {"nl": "Twee", "fr": "Deux", "en": "Two"}}
    stream = streams.replace_leaves(STREAM, raw(), changes)
    assert stream[0]["value"]["items"][1]["value"]["title"]["fr"] == "Deux"
    unchanged = raw()
    unchanged[0]["value"]["items"][1]["value"]["title"] = changes["s1", "items", "i2", "title"]
    assert stream == unchanged


def test_replacing_nothing_and_everything_are_exact():
    assert streams.replace_leaves(STREAM, raw(), {}) == raw()
    everything = {leaf.address: leaf.raw for leaf in streams.leaves(STREAM, raw())}
    assert streams.replace_leaves(STREAM, raw(), everything) == raw()


def test_replacing_leaves_the_original_alone():
    original = raw()
    streams.replace_leaves(STREAM, original, {("l1",): {"nl": "x", "fr": "x", "en": "x"}})
    assert original == raw()


def test_a_block_limited_to_a_language_limits_the_units_below_it():
    limited = raw()
    limited[0]["value"]["only_in"] = ["nl"]
    texts = by_address(stream_units("body", STREAM, limited))
    assert texts["body.s1.items.i2.title"].languages == ("nl",)
    assert texts["body.l1"].languages == ("nl", "fr", "en")


def test_blocks_of_a_kind_that_is_gone_are_passed_over():
    old = [*raw(), {"type": "carousel", "id": "c1", "value": {"text": "x"}}]
    assert len(list(stream_units("body", STREAM, old))) == 6
    assert streams.replace_leaves(STREAM, old, {("l1",): {"nl": "x"}})[2] == old[2]


@pytest.mark.parametrize("empty", [None, [], ()])
def test_an_empty_stream_has_no_units(empty):
    assert list(stream_units("body", STREAM, empty)) == []


def test_a_struct_saved_before_a_field_existed_has_that_field_empty():
    old = [{"type": "section", "id": "s1", "value": {}}]
    assert by_address(stream_units("body", STREAM, old))["body.s1.text"].texts == {"nl": "", "fr": "", "en": ""}


def test_a_text_stored_before_it_had_languages_counts_for_each():
    old = [{"type": "line", "id": "l1", "value": "573/2014"}]
    assert by_address(stream_units("body", STREAM, old))["body.l1"].texts == dict.fromkeys(["nl", "fr", "en"], "573/2014")
    assert STREAM.to_python(old)[0].value.for_reader("fr").text == "573/2014"


def test_gaps_are_the_official_texts_that_are_required_or_that_the_other_language_has():
    assert [(unit.address, code) for unit, code in gaps(stream_units("body", STREAM, raw()))] == [
        ("body.s1.items.i2.title", "fr")
    ]


def test_a_limited_block_lacks_nothing_in_the_languages_it_is_not_meant_for():
    limited = raw()
    limited[0]["value"]["only_in"] = ["nl"]
    assert list(gaps(stream_units("body", STREAM, limited))) == []


def test_english_is_never_missing_and_never_asks_for_the_others():
    english = [{"type": "line", "id": "l1", "value": {"nl": "", "fr": "", "en": "Line"}}]
    assert list(gaps(stream_units("body", STREAM, english))) == []


@pytest.mark.parametrize("text", ["", None, "<p></p>", "<p> </p>", "<p>&nbsp;</p>", '<p data-block-key="a1"></p>', "  "])
def test_what_shows_nothing_is_empty(text):
    assert not is_filled(text)


@pytest.mark.parametrize("text", ["a", "<p>a</p>", '<embed embedtype="image" id="1"/>', "0"])
def test_what_shows_something_is_filled(text):
    assert is_filled(text)


@pytest.mark.parametrize("text", ["<" * 1_000_000, "<p " * 300_000, "-" * 1_000_000, " " * 1_000_000])
def test_a_text_without_a_word_is_read_once_however_long(text):
    """Looking for the end of a tag or word anew from each sign would take an hour."""
    unit = Unit("summary", {"nl": text}, "Summary")
    assert count_words(unit, "nl") == text.count("p")
    assert is_filled(text) is not text.isspace()
    assert plain_text(text, "rich") == " ".join(text.split())


@pytest.mark.parametrize("text, number", [("", 0), ("een – twee", 2), ("<p>één</p><p>l’été, 15-29!</p>", 3), ("… ?", 0)])
def test_words_are_what_holds_a_letter_or_digit_between_spaces(text, number):
    assert count_words(Unit("summary", {"nl": text}, "Summary"), "nl") == number


def test_a_missing_text_falls_back_in_the_order_of_the_setting_and_says_so(settings):
    settings.LANGUAGE_FALLBACKS = {"en": ("fr", "nl")}
    shown = text_for_reader({"nl": "Netwerk", "fr": "Réseau", "en": "<p></p>"}, "en")
    assert (shown.text, shown.language, shown.fell_back) == ("Réseau", "fr", True)


def test_a_text_that_no_language_has_is_empty_in_the_readers_language():
    shown = text_for_reader({"nl": "", "fr": ""}, "fr")
    assert (shown.text, shown.language, shown.fell_back) == ("", "fr", False)


@pytest.mark.django_db
def test_a_page_yields_its_fields_and_its_streams_but_nothing_computed():
    page = MandatePage(heading_nl="Mandaat", tasks=[("task", {"text": {"nl": "Taak"}, "points": []})])
    texts = by_address(units(page))
    assert texts["heading"].texts == {"nl": "Mandaat", "fr": "", "en": ""}
    assert texts["url_slug"].kind == "slug" and texts["audience"].kind == "rich" and texts["next_step_url"].kind == "url"
    assert not {"address", "title", "slug"} & set(texts)
    (task,) = (unit for address, unit in texts.items() if address.startswith("tasks."))
    assert task.texts["nl"] == "Taak"


@pytest.mark.django_db
def test_put_is_the_mirror_of_units_for_fields_and_blocks():
    page = MandatePage(heading_nl="Mandaat", tasks=[("task", {"text": {"nl": "Taak"}, "points": []})])
    address = next(unit.address for unit in units(page) if unit.address.startswith("tasks."))
    put(page, {"heading": {"fr": "Mandat"}, address: {"fr": "Tâche"}})
    texts = by_address(units(page))
    assert texts["heading"].texts == {"nl": "Mandaat", "fr": "Mandat", "en": ""}
    assert texts[address].texts == {"nl": "Taak", "fr": "Tâche", "en": ""}


@pytest.mark.django_db
def test_put_back_what_was_taken_out_changes_nothing():
    page = MandatePage(heading_nl="Mandaat", tasks=[("task", {"text": {"nl": "Taak"}, "points": [{"nl": "Punt"}]})])
    before = list(units(page))
    put(page, {unit.address: unit.texts for unit in before})
    assert list(units(page)) == before


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [{"nothing": {"nl": "x"}}, {"tasks.gone.text": {"nl": "x"}}, {"heading": {"de": "x"}}])
def test_an_unknown_address_or_language_is_refused_before_anything_changes(texts):
    page = MandatePage(heading_nl="Mandaat")
    with pytest.raises(UnknownAddress):
        put(page, {"summary": {"nl": "x"}, **texts})
    assert page.summary_nl in (None, "")


def test_settings_are_units_too():
    assert "site_name" in by_address(units(SiteSettings(site_name_nl="Actiris")))
