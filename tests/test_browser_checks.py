"""The pure parts of the checks in the browser."""

import pytest
from PIL import Image

from tests.browser.colours import around_all, least_contrast, within
from tests.browser.focus import around, contrast, strongly_changed
from tests.browser.paths import EVERY, PATHS
from tests.site_checks import alike


def test_contrast_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast((10, 20, 30), (10, 20, 30)) == 1


def test_only_pixels_that_change_by_a_contrast_of_three_count():
    one = Image.new("RGB", (10, 10), "white")
    other = one.copy()
    assert strongly_changed(one, other) == 0
    other.paste((250, 250, 250), (0, 0, 10, 5))
    assert strongly_changed(one, other) == 0
    other.paste((0, 0, 0), (0, 0, 4, 1))
    assert strongly_changed(one, other) == 4


def test_the_surroundings_of_a_box_end_at_the_window():
    window = {"width": 320, "height": 800}
    assert around({"x": 2, "y": 100, "width": 50, "height": 20}, window) == {"x": 0, "y": 91, "width": 61, "height": 38}
    assert around({"x": 300, "y": 790, "width": 50, "height": 50}, window) == {"x": 291, "y": 781, "width": 29, "height": 19}


def test_a_text_has_the_contrast_of_all_but_a_twentieth_of_its_ground():
    ground = Image.new("RGB", (100, 10), "white")
    text = {"colour": (0, 0, 0), "boxes": [[0, 0, 100, 10]]}
    assert least_contrast(ground, text) == pytest.approx(21)
    ground.paste((0, 0, 0), (0, 0, 4, 10))
    assert least_contrast(ground, text) == pytest.approx(21)
    ground.paste((0, 0, 0), (0, 0, 8, 10))
    assert least_contrast(ground, text) == 1
    assert least_contrast(ground, text | {"boxes": []}) == float("inf")


def test_a_picture_holds_all_texts_that_are_judged_by_it_and_no_more():
    texts = [{"boxes": [[10.6, 20.2, 30, 10], [-5, 25, 10, 10]]}, {"boxes": []}, {"boxes": [[100, 200, 300.5, 10]]}]
    clip = around_all(texts, (320, 1000))
    assert clip == {"x": 0, "y": 20, "width": 320, "height": 190}
    assert within(clip, texts[2]) == {"boxes": [[100, 180, 300.5, 10]]}
    assert around_all(texts[1:2], (320, 1000)) is None
    assert around_all([{"boxes": [[400, 10, 10, 10]]}], (320, 1000)) is None


def test_titles_are_alike_within_a_language_only():
    titles = {("a", "nl"): "Contact", ("a", "fr"): "Contact", ("b", "nl"): "Contact", ("c", "nl"): "Zoeken"}
    assert alike(titles) == ["“Contact” of b is also the title of a (nl)"]


def test_every_page_of_the_content_is_visited_in_every_language():
    assert {place: visit.path for place, visit in EVERY.items() if place in PATHS} == PATHS
