"""What a page refers to, fetched at once: directory entries, pages, pictures and documents."""

from django.apps import apps
from django.db.models import Prefetch
from wagtail.images import get_image_model

from directory.references import linked_page_keys, preload
from languages.units import units
from pages.pictures import RENDITIONS, SMALL


def preloaded_references(page):
    """Return a context in which everything `page` refers to is at hand, fetched with one query a model."""
    links = {pk for unit in units(page) if unit.kind == "rich" for text in unit.texts.values() for pk in linked_page_keys(text)}
    return preload(page, fetch_objects, {apps.get_model("pages", "SitePage"): links} if links else {})


def fetch_objects(model, keys):
    """Return the objects of a model by primary key; of pages only those that are live, of pictures with their renditions."""
    objects = model.objects.filter(pk__in=keys)
    if hasattr(model, "neutral_path"):
        objects = objects.filter(live=True).for_links()
    if issubclass(model, get_image_model()):
        objects = objects.prefetch_renditions(*RENDITIONS)
    for field in model._meta.fields if model._meta.app_label == "directory" else ():
        if field.related_model is get_image_model():
            objects = objects.prefetch_related(Prefetch(field.name, get_image_model().objects.prefetch_renditions(SMALL)))
    return {instance.pk: instance for instance in objects}
