"""Every topic opens as it did: its opening is its summary, on the page and in all its drafts and revisions, until staff write one.

What the languages of the summary said when they last agreed is true of its copy too, and so is what content files loaded.
"""

from django.db import migrations

TOPICS = (("mandates", "MandatePage"), ("networks", "NetworkPage"), ("partnerships", "AgreementPage"))
CODES = ("nl", "fr", "en")


def copied_keys(keys):
    """Return keys such as "summary:fr:nl=…" with those of the opening."""
    return [*keys, *(f"opening{key.removeprefix('summary')}" for key in keys if key.startswith("summary:"))]


def with_opening(memory):
    """Return the memory of the languages in which the opening stands as the summary does."""
    memory = dict(memory)
    for part in ("now", "since"):
        texts = memory.get(part) or {}
        if "summary" in texts:
            memory[part] = {**texts, "opening": texts["summary"]}
    if memory.get("excused"):
        memory["excused"] = {**memory["excused"], "texts": copied_keys(memory["excused"].get("texts", []))}
    return memory


def without_opening(memory):
    memory = dict(memory)
    for part in ("now", "since"):
        if part in memory:
            memory[part] = {address: value for address, value in memory[part].items() if address != "opening"}
    if memory.get("excused"):
        keys = [key for key in memory["excused"].get("texts", []) if not key.startswith("opening:")]
        memory["excused"] = {**memory["excused"], "texts": keys}
    return memory


def copy_summaries(apps, schema_editor):
    for model in topics(apps):
        for page in model.objects.iterator(chunk_size=200):
            texts = {f"opening{end}": getattr(page, f"summary{end}") for end in endings() if end}
            model.objects.filter(pk=page.pk).update(
                **texts, opening=page.summary or "", alignment=with_opening(page.alignment or {})
            )
    for revision in revisions(apps):
        content = revision.content
        content |= {f"opening{end}": content.get(f"summary{end}") or ("" if not end else None) for end in endings()}
        save_revision(apps, revision, with_opening)
    for item in loaded_topics(apps):
        item.fields |= {f"opening_{code}": item.fields[name] for code in CODES if (name := f"summary_{code}") in item.fields}
        item.save(update_fields=["fields"])
    count_again(apps)


def forget_openings(apps, schema_editor):
    for model in topics(apps):
        for page in model.objects.iterator(chunk_size=200):
            model.objects.filter(pk=page.pk).update(alignment=without_opening(page.alignment or {}))
    for revision in revisions(apps):
        for end in endings():
            revision.content.pop(f"opening{end}", None)
        save_revision(apps, revision, without_opening)
    for item in loaded_topics(apps):
        item.fields = {name: value for name, value in item.fields.items() if not name.startswith("opening_")}
        item.save(update_fields=["fields"])
    count_again(apps)


def endings():
    return ("", *(f"_{code}" for code in CODES))


def topics(apps):
    return [apps.get_model(*topic) for topic in TOPICS]


def content_types(apps):
    models = [name.lower() for _app, name in TOPICS]
    return apps.get_model("contenttypes", "ContentType").objects.filter(model__in=models)


def revisions(apps):
    kinds = content_types(apps).values("pk")
    return apps.get_model("wagtailcore", "Revision").objects.filter(content_type__in=kinds).iterator(chunk_size=200)


def save_revision(apps, revision, remember):
    if "alignment" in revision.content:
        revision.content["alignment"] = remember(revision.content["alignment"] or {})
    apps.get_model("wagtailcore", "Revision").objects.filter(pk=revision.pk).update(content=revision.content)


def loaded_topics(apps):
    labels = [".".join(topic) for topic in TOPICS]
    return apps.get_model("newsroom", "LoadedItem").objects.filter(model__in=labels)


def count_again(apps):
    """Delete the rows that count the texts of topics; the next start computes those that are not there."""
    apps.get_model("languages", "Standing").objects.filter(content_type__in=content_types(apps).values("pk")).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("languages", "0001_standing"),
        ("mandates", "0003_opening"),
        ("networks", "0002_opening"),
        ("newsroom", "0009_spoken_permission"),
        ("partnerships", "0002_opening"),
    ]

    operations = [migrations.RunPython(copy_summaries, forget_openings)]
