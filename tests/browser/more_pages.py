"""Pages that the starting content has no example of: a list with nothing in it, a list of several pages, every block."""

from datetime import date, timedelta

from django.core.management import call_command
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.images import get_image_model

from draft_links.models import DraftComment, DraftLink
from languages.codes import LANGUAGES
from newsroom.models import User
from pages.blocks import BodyBlock
from pages.models import HomePage, SitePage
from tests.building import make_mandate, make_section, make_standard
from tests.editor import block
from tests.many import multiply
from tests.uploads import picture, upload

SLUG = "0123456789ab"  # of the empty list, by which it is found where no language is chosen
# Pages for one test each: what it does to them would be in the way of others.
TO_PUBLISH, TO_FORGET = "Publiceerwerk", "Vergeetwerk"
MANY = 130
NEED_A_FILE = {"picture", "documents"}
COLUMNS = 9  # more than any screen has room for
HIGH = (60, 1500)  # pixels
# The keys of links to drafts: to one in each language, to all languages, and one that has ended.
DRAFT_KEYS = {**{code: f"one-{code}".ljust(22, "0") for code in LANGUAGES}, "": "side-by-side".ljust(22, "0")}
ENDED_KEY = "ended".ljust(22, "0")


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
    make_standard(home, name=TO_PUBLISH)
    make_half(home)
    share_drafts(home, body)
    call_command("rebuild_standing", missing=True, verbosity=0)
    call_command("rebuild_differences", missing=True, verbosity=0)


def make_half(home):
    """Make drafts in Dutch only, whose texts stand on public pages in all languages: two to translate, one for the machine."""
    body = publish_whole(home, name="Volledig", word="vetgedrukt")
    half = {"languages": ("nl",), "live": False, "summary_nl": "Summary of Volledig in nl."}
    make_standard(home, name="Onvolledig", body=body, review_on=date(2020, 1, 1), **half)
    make_standard(home, name="Machinewerk", body=body, **half)
    body = publish_whole(home, name="Vergeten", word="vergeten")
    make_standard(home, name=TO_FORGET, languages=("nl",), live=False, body=body)


def publish_whole(home, name, word):
    """Publish a page with a text in each language, in which the word is bold; return the body with the Dutch one only."""
    link = f'<a linktype="page" id="{home.pk}">stuk</a>'
    published = {code: f"<p>Een <b>{word}</b> {link} in {code}.</p>" for code in LANGUAGES}
    make_standard(home, name=name, body=[block("text", text=published, only_in=[])])
    return [block("text", text={"nl": published["nl"], "fr": "", "en": ""}, only_in=[])]


def share_drafts(home, body):
    """Share a draft in each language and one in all, each with a comment that was taken over, and end a link."""
    author = User.objects.get(username="editor")
    now = timezone.now()
    values = {"author": author, "for_whom": "Kabinet", "takes_comments": True, "expires_at": now + timedelta(days=7)}
    page = make_standard(home, name="Voorstel", live=False, body=body)
    whole = make_standard(home, name="Ontwerp", live=False, body=body)
    for code, key in DRAFT_KEYS.items():
        link = DraftLink.objects.create(page_id=(page if code else whole).pk, key=key, language=code, **values)
        comment = {"name": "An", "text": "Te lang.\n\nTrop long.", "language": code or "nl"}
        DraftComment.objects.create(link=link, sending=key, taken_over_at=now, taken_over_by=author, **comment)
    DraftLink.objects.create(page_id=page.pk, key=ENDED_KEY, revoked_at=now, **values)


def wide_table():
    def texts(words):
        return dict.fromkeys(LANGUAGES, words)

    columns = [texts(f"{2000 + number}") for number in range(COLUMNS)]
    rows = [{"cells": [texts(f"{row} {number} 000") for number in range(COLUMNS)]} for row in range(1, 4)]
    return {"caption": {"nl": "Per jaar", "fr": "Par an", "en": "Per year"}, "columns": columns, "rows": rows}


def high_picture():
    image = get_image_model().objects.create(title="Toren", file=upload("toren.png", picture(size=HIGH, colour="teal")))
    return {"image": image, "alternative": {"nl": "Een hoge toren", "fr": "Une haute tour", "en": "A high tower"}}
