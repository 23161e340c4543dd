"""Texts for thousands of pages: the site's own words as often as the site has them, and rare ones that only few pages have."""

import json
import random
import uuid

from django.db import connection

from languages.codes import LANGUAGES
from search.models import Entry
from search.words import words

RARE = 20_000  # words, as names of people and places are
ONE_IN = 12  # words of a text is rare
SENTENCES, LONGEST_SENTENCE = 12, 20
WRITE = """
    UPDATE {table} SET {columns} FROM jsonb_to_recordset(%s) AS fresh (page integer, {types}) WHERE {key} = page
"""
WRITE_BODY = """
    UPDATE pages_standardpage SET body = fresh.body
    FROM jsonb_to_recordset(%s) AS fresh (page integer, body jsonb) WHERE sitepage_ptr_id = page
"""


class Corpus:
    """A source of texts in one language, the same in each run."""

    def __init__(self, language):
        """Learn from the index of the search, which must not be empty."""
        self.random = random.Random(language)
        entries = Entry.objects.filter(language=language).order_by("page").values_list("heading", "summary", "passages")
        self.own = [word for texts in entries for text in texts for word in words(text)]
        self.long = [word for word in self.own if len(word) > 5]
        self.rare = rare_words(self.long, self.random)

    def word(self):
        if self.random.randrange(ONE_IN):
            return self.random.choice(self.own)
        return self.rare[int(self.random.paretovariate(0.3)) % RARE]  # few of them often, most hardly ever

    def sentence(self):
        text = " ".join(self.word() for _ in range(self.random.randrange(8, LONGEST_SENTENCE)))
        return f"{text.capitalize()}."

    def heading(self):
        """Return a heading of some long words and perhaps a name."""
        chosen = [self.random.choice(self.long) for _ in range(self.random.randrange(1, 4))]
        return " ".join([*chosen, self.word()]).capitalize()

    def paragraphs(self):
        text = [self.sentence() for _ in range(SENTENCES)]
        return "".join(f"<p>{' '.join(text[start : start + 4])}</p>" for start in range(0, SENTENCES, 4))


def rare_words(long, random):
    """Return `RARE` words that are none: the beginning of one and the end of another."""
    rare = {}
    while len(rare) < RARE:
        rare[random.choice(long)[: random.randrange(3, 6)] + random.choice(long)[-random.randrange(3, 6) :]] = None
    return list(rare)


def rewrite(pages):
    """Give standard pages, by primary key, texts of their own in each language; return those by page, as they are stored."""
    corpora = {code: Corpus(code) for code in LANGUAGES}
    texts = {page: one_page(corpora) for page in pages}
    write("pages_sitepage", "page_ptr_id", texts, ("heading", "summary"))
    bodies = [{"page": page, "body": body(values)} for page, values in texts.items()]
    with connection.cursor() as cursor:
        cursor.execute(WRITE_BODY, [json.dumps(bodies)])
    return texts


def one_page(corpora):
    """Return the texts of a page: {"heading_nl": …, "summary_nl": …, "text_nl": …, …}."""
    values = {}
    for code, corpus in corpora.items():
        texts = {"heading": corpus.heading(), "summary": corpus.sentence(), "text": corpus.paragraphs()}
        values |= {f"{name}_{code}": text for name, text in texts.items()}
    return values


def write(table, key, texts, names):
    """Write `texts`, of which those called `names`, into a table, by its primary key."""
    columns = [f"{name}_{code}" for name in names for code in LANGUAGES]
    rows = [{"page": page} | {column: values[column] for column in columns} for page, values in texts.items()]
    sets, types = ", ".join(f"{one} = fresh.{one}" for one in columns), ", ".join(f"{one} text" for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(table=table, key=key, columns=sets, types=types), [json.dumps(rows)])


def body(values):
    """Return a stored stream of one text."""
    value = {"text": {code: values[f"text_{code}"] for code in LANGUAGES}}
    return [{"type": "text", "value": value, "id": str(uuid.uuid4())}]
