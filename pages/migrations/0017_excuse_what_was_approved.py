"""What was public or scheduled before English that nobody has confirmed needed a reason stays so, with a reason that says that.

A page that is live could not be saved otherwise, and what is scheduled would not go out at its hour.
"""

from django.db import migrations

REASON = (
    "Goedgekeurd toen Engels dat niemand heeft bevestigd nog geen reden vroeg. – "
    "Approuvé lorsqu’un texte anglais que personne n’a confirmé ne demandait pas encore de motif."
)


def with_reason(memory):
    """Return a memory of the languages with its unconfirmed English excused, itself where there is none without a reason."""
    now, given = memory.get("now") or {}, memory.get("excused") or {}
    keys = [
        f"{address}:en:open={digest}"
        for address, records in (memory.get("open") or {}).items()
        if records.get("en", {}).get("kind") in ("imported", "machine") and (digest := now.get(address, {}).get("en"))
    ]
    new = [key for key in keys if key not in given.get("texts", ())]
    if not new:
        return memory
    reason = f"{given['reason']} ({REASON})" if given.get("reason") else REASON
    return {**memory, "excused": {"reason": reason, "texts": [*given.get("texts", ()), *new], "by": given.get("by")}}


def excuse_what_was_approved(apps, schema_editor):
    pages, revisions = apps.get_model("pages", "SitePage"), apps.get_model("wagtailcore", "Revision")
    live = pages.objects.filter(live=True, alignment__has_key="open").values_list("pk", "alignment")
    for key, memory in live.iterator(chunk_size=200):
        if (after := with_reason(memory)) != memory:
            pages.objects.filter(pk=key).update(alignment=after)
    scheduled = revisions.objects.filter(approved_go_live_at__isnull=False, content__alignment__has_key="open")
    for revision in scheduled.iterator(chunk_size=200):
        memory = revision.content["alignment"]
        if (after := with_reason(memory)) != memory:
            revisions.objects.filter(pk=revision.pk).update(content={**revision.content, "alignment": after})


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0016_deletions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(excuse_what_was_approved, migrations.RunPython.noop, elidable=True)]
