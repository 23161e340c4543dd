"""Whatever is changed, in whatever order: a kept answer is, byte for byte, the one that would be made now."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page

from delivery.published import part_paths
from directory.models import GlossaryTerm, Organisation
from interface_strings.models import StringsVersion
from languages.made_once import made
from networks.models import NetworkPage
from notices.models import Notice
from page_cache import recording
from pages.models import IndexPage, SitePage, SiteSettings
from tests.building import INDEX_OF, TYPES, add, make_standard, make_term, texts, topic_texts
from tests.kept import forget_pages, publish

RUNS, SEQUENCES, STEPS = 8, 25, 6  # the same at every run
LANGUAGES = ("nl", "fr")
FILES = ["/", "/sitemap.xml", "/robots.txt", "/manifest.webmanifest", "/.well-known/security.txt"]
FILES += [f"/{code}/{name}" for code in LANGUAGES for name in ("feed/", "manifest.webmanifest", "glossary.jsonld")]
WORDS = ("Een", "Twee", "Drie")  # few, so that a text comes to say again what it said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping", "tasks_at_once")]


class Newsroom:
    """A small site with every type of page, all that happens to it, and a clock."""

    def __init__(self, home, choose, monkeypatch):
        self.home, self.choose, self.client = home, choose, Client()
        self.now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        self.pages = [page.specific for page in Page.objects.filter(depth__gt=1)]
        self.made = 0

    def word(self):
        return self.choose.choice(WORDS)

    def page(self):
        return SitePage.objects.get(pk=self.choose.choice(list(SitePage.objects.values_list("pk", flat=True)))).specific

    def step(self):
        names = ["edit", "edit", "draft", "rename", "unpublish", "republish", "move", "make", "delete", "entry", "site", "term"]
        name = self.choose.choice([*names, "notice", "hours", "midnight", "string", "behind_the_forms"])
        with suppress(ValidationError), transaction.atomic():  # the gate refuses some
            getattr(self, name)()
        return name

    def edit(self):
        page = self.page()
        if page.live:
            page.summary_nl = page.summary_fr = self.word()
            publish(page)

    def draft(self):
        page = self.page()
        page.heading_nl = self.word()
        page.save_revision()

    def rename(self):
        page = self.page()
        if page.live and not page.is_home:
            page.heading_nl, page.heading_fr, page.url_slug_nl = self.word(), self.word(), f"{self.word().lower()}-{page.pk}"
            publish(page)

    def unpublish(self):
        page = self.page()
        if page.live and not page.is_home:
            page.unpublish()

    def republish(self):
        page = self.page()
        if not page.live:
            page.save_revision().publish()

    def move(self):
        page = self.page()
        if isinstance(page, type(self.home)) or page.get_children().exists() or type(page) in INDEX_OF:
            return
        page.move(self.home, self.choose.choice(["first-child", "last-child"]))

    def make(self):
        self.made += 1
        name = f"nieuw {self.made}"
        index = SitePage.objects.filter(content_type__model=NetworkPage._meta.model_name).first()
        if index and self.choose.random() < 0.5:
            add(index.get_parent(), NetworkPage, **topic_texts(name))
        else:
            make_standard(self.home, name)

    def delete(self):
        page = self.page()
        if not page.is_home and not page.get_children().exists() and SitePage.objects.count() > len(TYPES):
            page.delete()

    def entry(self):
        Organisation.objects.update_or_create(key="een", defaults={"name_nl": self.word(), "name_fr": self.word()})

    def site(self):
        site = SiteSettings.current()
        site.tagline_nl = site.tagline_fr = self.word()
        site.contact_email = self.choose.choice(["", "an@example.org"])
        site.save()

    def term(self):
        term = GlossaryTerm.objects.first() or make_term()
        term.definition_nl = self.word()
        term.save()

    def notice(self):
        begin = self.now + timedelta(hours=self.choose.randint(-2, 2))
        end = begin + timedelta(hours=self.choose.randint(3, 9))
        Notice.objects.create(text_nl=self.word(), text_fr=self.word(), begins_at=begin, ends_at=end, is_on=True)

    def hours(self):
        self.now += timedelta(hours=self.choose.randint(1, 5))

    def midnight(self):
        self.now += timedelta(days=1)

    def string(self):
        StringsVersion.objects.update_or_create(pk=1)

    def behind_the_forms(self):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pages_sitepage SET heading_fr = %s WHERE page_ptr_id = %s", [self.word(), self.page().pk])

    def paths(self):
        pages = [path for page in SitePage.objects.existing() for code, path in page.paths().items() if code in LANGUAGES]
        return [*pages, *(path for path in part_paths() if path.split("/")[1] in LANGUAGES), *FILES]

    def faults(self, paths):
        """Yield the paths at which a reader gets something else than what would be made now."""
        for path in paths:
            kept = self.client.get(path)
            made.clear()  # what this process made once, too
            with override_settings(KEEP_PAGES=False):
                fresh = self.client.get(path)
            if (kept.status_code, kept.content) != (fresh.status_code, fresh.content):
                yield path


@pytest.fixture
def site(home, monkeypatch):
    """A site with one page of each type, two of each topic, of which a list shows one at a time."""
    monkeypatch.setattr(IndexPage, "CARDS_A_PAGE", 1)
    above = {}
    for model in TYPES[1:]:
        index = INDEX_OF.get(model)
        name = model._meta.model_name
        if index:
            for topic in (name, f"{name} 2"):
                add(above[index], model, **topic_texts(topic))
        else:
            above[model] = add(home, model, **texts(name, show_in_menus=model in INDEX_OF.values()))
    make_term()
    return home


def run_sequences(home, run, monkeypatch):
    """Let several sequences happen, each taken back; return the faults, each with what had happened."""
    faults = []
    for sequence in range(SEQUENCES):
        forget_pages()  # the clock goes back, which no kept page is made for
        with transaction.atomic(), monkeypatch.context() as patch:
            room, happened = Newsroom(home, Random(f"{run} {sequence}"), patch), []
            asked = dict.fromkeys(room.choose.sample(room.paths(), 10))
            for path in asked:
                room.client.get(path)
            for _step in range(STEPS):
                happened.append(room.step())
                some = room.choose.sample(room.paths(), 2)
                faults += [(path, happened) for path in room.faults(some)]
                asked |= dict.fromkeys(some)
            faults += [(path, happened) for path in room.faults(asked)]
            transaction.set_rollback(True)
    return faults


@pytest.mark.sweep
@pytest.mark.parametrize("run", range(RUNS))
def test_a_kept_answer_is_the_one_that_would_be_made_now(site, run, monkeypatch):
    assert run_sequences(site, run, monkeypatch) == []


@pytest.mark.sweep
def test_the_sequences_see_a_question_that_is_forgotten(site, monkeypatch):
    """As if the notes of an answer lacked all that it asks about one table."""
    note = recording.tables_of
    monkeypatch.setattr(recording, "tables_of", lambda sql: note(sql) - {"pages_sitesettings"})
    monkeypatch.setattr(f"{__name__}.SEQUENCES", 1)
    monkeypatch.setattr(Newsroom, "step", lambda room: room.site() or "site")
    assert run_sequences(site, 0, monkeypatch) != []
