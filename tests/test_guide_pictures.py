"""The pictures of the guide: there in every language, small, and with labels that the screens still have."""

from django.utils import translation

from guide.contents import CHAPTERS
from guide.pictures import FOLDER, all_pictures, picture_html
from tests.guide_pictures.camera import Shot, outdated_words
from tests.guide_pictures.scenes import SCENES
from tests.guide_texts import SLUGS, WRITTEN, pictures_in

MAX_BYTES = 3 * 1024 * 1024  # of all together: they come along with every copy of the site


def test_every_picture_was_made_in_every_language_and_none_is_left_over():
    named = {name for slug in SLUGS for name in pictures_in(slug, "en")}
    assert named == set(SCENES)
    for language in WRITTEN:
        assert set(all_pictures()[language]) == {path.stem for path in (FOLDER / language).glob("*.webp")} == named


def test_every_chapter_is_illustrated_and_every_picture_described():
    for chapter in CHAPTERS:
        assert pictures_in(chapter.slug, "nl"), chapter.slug
        for language in WRITTEN:
            assert len(set(pictures_in(chapter.slug, language))) == len(pictures_in(chapter.slug, language))


def test_every_picture_has_labels_by_which_it_is_compared():
    assert [(code, name) for code in WRITTEN for name, one in all_pictures()[code].items() if not one["words"]] == []


def test_a_label_that_a_screen_has_no_more_is_named():
    pictures = {"publish": {"words": ["Concept opslaan", "Publiceren"]}}
    assert outdated_words(pictures, {"publish": Shot(b"", [], ["Concept opslaan", "Publiceren", "Meer"])}) == {}
    assert outdated_words(pictures, {"publish": Shot(b"", [], ["Concept opslaan", "Online zetten"])}) == {
        "publish": {"Publiceren"}
    }


def test_the_pictures_are_small_together():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.webp")) < MAX_BYTES


def test_a_picture_has_its_size_and_an_alternative_text_and_one_that_is_missing_no_element():
    with translation.override("nl"):
        html = picture_html("nl", "publish", 'Een "menu"')
    size = all_pictures()["nl"]["publish"]
    assert f'width="{size["width"]}" height="{size["height"]}"' in html and "Een &quot;menu&quot;" in html
    assert picture_html("nl", "nothing", "x") == "" and picture_html("de", "publish", "x") == ""
