"""Pages that the starting content has no example of: a list with nothing in it, a list of several pages, every block."""

from datetime import date

from django.core.management import call_command
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from wagtail.images import get_image_model

from languages.codes import LANGUAGES
from pages.blocks import BodyBlock
from pages.models import HomePage, SitePage
from tests.building import make_mandate, make_section, make_standard
from tests.many import multiply
from tests.uploads import picture, upload

SLUG = "0123456789ab"  # of the empty list, by which it is found where no language is chosen
MANY = 130
NEED_A_FILE = {"picture", "documents"}
COLUMNS = 9  # more than any screen has room for
HIGH = (60, 1500)  # pixels


def add():
    """Add the pages below the home page, out of the menu."""
    home = HomePage.objects.get()
    empty = make_section(home, name="Lege lijst", show_in_menus=False)
    SitePage.objects.filter(pk=empty.pk).update(slug=SLUG)
    long_list = make_section(home, name="Lange lijst", show_in_menus=False)
    multiply(make_mandate(long_list, name="Een van vele"), MANY - 1)
    number = Concat(Value(" "), Cast("pk", CharField()))
    headings = {f"heading_{code}": Concat(F(f"heading_{code}"), number) for code in LANGUAGES}
    SitePage.objects.child_of(long_list).update(**headings)
    blocks = {name: block for name, block in BodyBlock().child_blocks.items() if name not in NEED_A_FILE}
    body = [(name, block.get_preview_value()) for name, block in blocks.items()]
    make_standard(home, name="Blokken", body=[*body, ("table", wide_table()), ("picture", high_picture())])
    make_standard(home, name="Onvolledig", languages=("nl",), live=False, review_on=date(2020, 1, 1))
    call_command("rebuild_standing", missing=True, verbosity=0)


def wide_table():
    def texts(words):
        return dict.fromkeys(LANGUAGES, words)

    columns = [texts(f"{2000 + number}") for number in range(COLUMNS)]
    rows = [{"cells": [texts(f"{row} {number} 000") for number in range(COLUMNS)]} for row in range(1, 4)]
    return {"caption": {"nl": "Per jaar", "fr": "Par an", "en": "Per year"}, "columns": columns, "rows": rows}


def high_picture():
    image = get_image_model().objects.create(title="Toren", file=upload("toren.png", picture(size=HIGH, colour="teal")))
    return {"image": image, "alternative": {"nl": "Een hoge toren", "fr": "Une haute tour", "en": "A high tower"}}
