"""A small form of blocks and texts in languages, any content of it, and what somebody may make of that."""

from copy import deepcopy

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from wagtail import blocks

from languages.blocks import TranslatedBlock, TranslatedRichTextBlock
from languages.codes import LANGUAGES
from languages.concurrent_edits.snapshots import snapshot
from languages.form_content import Column


class Part(blocks.StructBlock):
    title = TranslatedBlock()


class Section(blocks.StructBlock):
    text = TranslatedRichTextBlock()
    level = blocks.ChoiceBlock(choices=[("2", "2"), ("3", "3")], default="2")
    parts = blocks.ListBlock(Part())


SHAPE = {
    "heading_nl": Column("heading", "nl", "plain"),
    "heading_fr": Column("heading", "fr", "plain"),
    "review_on": Column("review_on"),
    "body": blocks.StreamBlock([("section", Section()), ("part", Part())]),
}
WORDS = ("", "een", "deux", "three", "vier")


def section(key, text="", level="2", parts=()):
    value = {"text": {"nl": text, "fr": "", "en": ""}, "level": level, "parts": list(parts)}
    return {"type": "section", "id": key, "value": value}


def part(key, title=""):
    return {"type": "item", "id": key, "value": {"title": {"nl": title, "fr": "", "en": ""}}}


def content(*body, nl="", fr="", review_on=None):
    return {"heading_nl": nl, "heading_fr": fr, "review_on": review_on, "body": list(body)}


def leaves(value, way=()):
    """Return a snapshot as a flat mapping: steps -> digest."""
    if not isinstance(value, dict):
        return {way: value}
    return {steps: one for key, inner in value.items() for steps, one in leaves(inner, (*way, key)).items()}


def seen_leaves(values):
    return leaves(snapshot(SHAPE, values))


texts = some.sampled_from(WORDS)
translated = some.fixed_dictionaries(dict.fromkeys(LANGUAGES, texts))


@some.composite
def contents(draw, keys="abcdef"):
    """Any content with blocks whose ids are among `keys`."""
    body = []
    for key in draw(some.lists(some.sampled_from(keys), unique=True, max_size=4)):
        inner = draw(some.lists(some.sampled_from("pqr"), unique=True, max_size=2))
        parts = [{"type": "item", "id": one, "value": {"title": draw(translated)}} for one in inner]
        value = {"text": draw(translated), "level": draw(some.sampled_from("23")), "parts": parts}
        body.append({"type": "section", "id": key, "value": value})
    return content(*body, nl=draw(texts), fr=draw(texts), review_on=draw(some.sampled_from([None, "2026-01-01", "2027-01-01"])))


@some.composite
def edits(draw, of, new):
    """Return `of` as somebody left it: texts changed, blocks deleted, moved, and added with ids that begin with `new`."""
    edited = deepcopy(of)
    for _ in range(draw(some.integers(0, 4))):
        body = edited["body"]
        what = draw(some.sampled_from(["heading", "review", "text", "part", "level", "delete", "move", "add"]))
        if what == "heading":
            edited[f"heading_{draw(some.sampled_from(['nl', 'fr']))}"] = draw(texts)
        elif what == "review":
            edited["review_on"] = draw(some.sampled_from([None, "2026-01-01", "2027-01-01"]))
        elif what == "add":
            place = draw(some.integers(0, len(body)))
            body.insert(place, section(f"{new}{draw(some.integers(0, 99))}-{len(body)}", draw(texts)))
        elif body:
            number = draw(some.integers(0, len(body) - 1))
            value = body[number]["value"]
            if what == "text":
                value["text"][draw(some.sampled_from(LANGUAGES))] = draw(texts)
            elif what == "level":
                value["level"] = draw(some.sampled_from("23"))
            elif what == "part" and value["parts"]:
                value["parts"][0]["value"]["title"]["fr"] = draw(texts)
            elif what == "part":
                value["parts"].append(
                    {"type": "item", "id": f"{new}p", "value": {"title": dict.fromkeys(LANGUAGES, draw(texts))}}
                )
            elif what == "delete":
                del body[number]
            elif what == "move":
                body.insert(draw(some.integers(0, len(body) - 1)), body.pop(number))
    return edited


many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
