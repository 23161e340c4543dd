"""Give groups the rights to pictures and documents that Wagtail asks for.

They had those of this site's own models, which Wagtail's collections do not look at: only administrators could use a file.
"""

from django.db import migrations

MODELS = {"siteimage": ("wagtailimages", "image"), "sitedocument": ("wagtaildocs", "document")}


def give_rights(apps, schema_editor):
    grants = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for grant in grants.filter(permission__content_type__app_label="assets").select_related("permission", "group"):
        verb, _, model = grant.permission.codename.partition("_")
        if model not in MODELS:
            continue
        if verb == "delete":
            grant.group.permissions.add(grant.permission)
        else:
            for needed in (verb, "choose"):  # of the site's own models there is no permission to choose
                permission = wagtails_permission(apps, needed, *MODELS[model])
                grants.get_or_create(group=grant.group, collection=grant.collection, permission=permission)
        grant.delete()


def wagtails_permission(apps, verb, app_label, model):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app_label, model=model)
    return apps.get_model("auth", "Permission").objects.get_or_create(
        codename=f"{verb}_{model}", content_type=content_type, defaults={"name": f"Can {verb} {model}"}
    )[0]


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_rights_begin_at_the_home_page"),
        ("assets", "0002_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
