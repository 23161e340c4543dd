"""What rich text may hold is stored, compared, shown and found."""

import pytest
from wagtail.models import Page

from languages.normalising import digest, normalise
from search.page_lines import text_lines
from tests.building import make_standard
from tests.editor import block, publish


@pytest.mark.sweep
def test_superscript_and_subscript_are_stored_compared_shown_and_found(publisher, client, home):
    text = "<p>Le 1<sup>er</sup> m<sup>2</sup> de H<sub>2</sub>O</p>"
    page = make_standard(home, body=[block("text", text={"nl": text, "fr": text, "en": text}, only_in=[])])
    assert publish(client, page).status_code == 302
    stored = Page.objects.get(pk=page.pk).specific
    stored_text = stored.body.get_prep_value()[0]["value"]["text"]["fr"]
    assert normalise(stored_text, "rich") == text
    assert digest(text, "rich") != digest("<p>Le 1er m2 de H2O</p>", "rich")
    html = client.get(stored.paths()["fr"]).content.decode()
    assert "1<sup>er</sup>" in html and "H<sub>2</sub>O" in html
    assert list(text_lines("rich", stored_text)) == ["Le 1er m2 de H2O"]
