"""Pictures in the sizes and formats that pages use, made when a page is published and never while one renders."""

from wagtail.images import get_image_model

from directory.references import referenced

WIDTHS = (480, 960)
FORMATS = ("avif", "webp", "jpeg")
RENDITIONS = tuple(f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS)


def make_renditions(page):
    """Make every rendition that the pictures of `page` are shown in."""
    model = get_image_model()
    for image in model.objects.filter(pk__in=referenced(page).get(model, ())):
        image.get_renditions(*RENDITIONS)


def sources(image):
    """Return the renditions that exist, by format, smallest first: what `<picture>` offers. Writes nothing."""
    made = {rendition.filter_spec: rendition for rendition in getattr(image, "prefetched_renditions", ()) or ()}
    found = {kind: [made[spec] for width in WIDTHS if (spec := f"width-{width}|format-{kind}") in made] for kind in FORMATS}
    return {kind: renditions for kind, renditions in found.items() if renditions}
