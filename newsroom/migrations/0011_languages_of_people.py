"""People have the languages they work in; whoever could change pages, entries or files keeps writing in all of them.

Translators are limited to the languages of their account from now on: an account named after a language has that one, every
other translator all of them until somebody narrows that. The settings open for them too, to be translated.
"""

from django.db import migrations, models

CODES = ("nl", "fr", "en")
TRANSLATORS = "Translators"
# Permissions to write something that has languages: (app, codenames).
WRITING = [
    (app, [f"{verb}_{model}" for verb in ("add", "change") for model in models])
    for app, models in (
        ("directory", ("organisation", "person", "glossaryterm")),
        ("notices", ("notice",)),
        ("pages", ("sitesettings",)),
        ("search", ("synonym", "promotion")),
    )
]
ON_PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
ON_FILES = ("add_image", "change_image", "add_document", "change_document")


def get_permission(apps, app, model, codename, name):
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    return apps.get_model("auth", "Permission").objects.get_or_create(
        codename=codename, content_type=kind, defaults={"name": name}
    )[0]


def let_write_all(apps):
    return get_permission(apps, "newsroom", "user", "write_all_languages", "Can write in all languages")


def change_settings(apps):
    return get_permission(apps, "pages", "sitesettings", "change_sitesettings", "Can change site settings")


def permissions_to_write(apps):
    """Return the permissions of which each lets somebody write."""
    condition = models.Q()
    for app, codenames in WRITING:
        condition |= models.Q(content_type__app_label=app, codename__in=codenames)
    return apps.get_model("auth", "Permission").objects.filter(condition)


def give_rights(apps, schema_editor):
    write_all, permissions = let_write_all(apps), permissions_to_write(apps)
    writing = models.Q(permissions__in=permissions)
    writing |= models.Q(page_permissions__permission__codename__in=ON_PAGES)
    writing |= models.Q(collection_permissions__permission__codename__in=ON_FILES)
    groups = apps.get_model("auth", "Group").objects
    for group in groups.filter(writing).exclude(name=TRANSLATORS).distinct():
        group.permissions.add(write_all)
    users = apps.get_model("newsroom", "User").objects
    for user in users.filter(user_permissions__in=permissions).distinct():
        user.user_permissions.add(write_all)
    for group in groups.filter(name=TRANSLATORS):
        group.permissions.add(change_settings(apps))
    for user in users.filter(groups__name=TRANSLATORS).distinct():
        own = user.username.removeprefix("translator-")
        user.languages = [own] if own in CODES and own != user.username else list(CODES)
        user.save(update_fields=["languages"])


def take_rights_back(apps, schema_editor):
    """Without the limit, translators would change all of the settings."""
    for group in apps.get_model("auth", "Group").objects.filter(name=TRANSLATORS):
        group.permissions.remove(change_settings(apps))
    let_write_all(apps).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("directory", "0002_glossary_for_readers"),
        ("newsroom", "0010_openings_of_topics"),
        ("notices", "0002_let_staff_write_notices"),
        ("pages", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField("user", "languages", models.JSONField(blank=True, default=list)),
        migrations.AlterModelOptions(
            "user",
            {
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "permissions": [("write_all_languages", "Can write in all languages")],
            },
        ),
        migrations.RunPython(give_rights, take_rights_back),
    ]
