"""Sentences of Wagtail and Django about images, which are pictures in our English: named as in wagtail_strings.py.

Nothing imports this list.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

MENU_AND_LIST = (
    gettext_noop("Images"),
    gettext_noop("Image"),
    gettext_noop("Wagtail images"),
    ngettext_lazy("%(count)s image", "%(count)s images"),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
    ),
    gettext_noop("Select all images in listing"),
    gettext_noop("1 image selected"),
    gettext_noop("%(objects)s images selected"),
    gettext_noop("All %(objects)s images on this screen selected"),
    gettext_noop("All images in listing selected"),
    gettext_noop('Sorry, no images match "<em>%(query_string)s</em>"'),
    # With an offer to upload, for those who may not; a person may have uploaded nothing where others did.
    gettext_noop("You haven't uploaded any images."),
    gettext_noop("You haven't uploaded any images in this collection."),
    gettext_noop('You haven\'t uploaded any images. Why not <a href="%(wagtailimages_add_image_url)s">upload one now</a>?'),
    gettext_noop(
        "You haven't uploaded any images in this collection. Why not "
        '<a href="%(wagtailimages_add_image_url)s">upload one now</a>?'
    ),
)
UPLOADING_AND_EDITING = (
    gettext_noop("Add an image"),
    gettext_noop("Add images"),
    gettext_noop("Add multiple images"),
    gettext_noop("Drag and drop images into this area to upload immediately."),
    gettext_noop("Please provide an image description to comply with best practices for accessibility."),
    gettext_noop(
        "Upload successful. Please update this image with a more appropriate title, if necessary. You may also delete the "
        "image completely if the upload wasn't required."
    ),
    gettext_noop(
        "Upload successful. However, your new image seems to be a duplicate of this existing image. You may delete it if it "
        "wasn't required."
    ),
    gettext_noop(
        "Upload successful. However, your new image seems to be a duplicate of an existing image. You may delete it if it "
        "wasn't required."
    ),
    gettext_noop("Use new image"),
    gettext_noop("Keep new image"),
    gettext_noop("Delete new image"),
    gettext_noop("Delete image"),
    gettext_noop("Change image file:"),
    gettext_noop("Image focal point"),
    gettext_noop("To define this image's most important region, drag a box over the image above."),
    gettext_noop("Image URL"),
    gettext_noop("Image updated."),
    gettext_noop("Image '%(image_title)s' added."),
    gettext_noop("Image '%(image_title)s' updated."),
    gettext_noop("Image '%(image_title)s' deleted."),
    gettext_noop("The image could not be created due to errors."),
    gettext_noop("The image could not be saved due to errors."),
    gettext_noop("The source image file could not be found. Please change the source or delete the image."),
    gettext_noop("Not a supported image format. Supported formats: %(supported_formats)s."),
    gettext_noop(
        "Not a valid .%(extension)s image. The extension does not match the file format (%(image_format)s)",
    ),
    gettext_noop("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
)
CHOOSING = (
    gettext_noop("Choose an image"),
    gettext_noop("Choose another image"),
    gettext_noop("Change image"),
    gettext_noop("Edit this image"),
    gettext_noop("Latest images"),
    gettext_noop("Insert image"),
    gettext_noop("Please add some alt text for your image or mark it as decorative"),
    gettext_noop("Image alt text has inappropriate pattern"),
)
MANY_AT_ONCE = (
    gettext_noop("Add tags to images"),
    gettext_noop("Add tags to the selected images"),
    ngettext_lazy("Add tags to 1 image", "Add tags to %(counter)s images"),
    ngettext_lazy("Are you sure you want to tag the following image?", "Are you sure you want to tag the following images?"),
    ngettext_lazy(
        "You don't have permission to add tags to this image", "You don't have permission to add tags to these images"
    ),
    ngettext_lazy(
        "New tags have been added to %(num_parent_objects)d image", "New tags have been added to %(num_parent_objects)d images"
    ),
    gettext_noop("Add images to collection"),
    gettext_noop("Add selected images to collection"),
    ngettext_lazy("Add 1 image to new collection", "Add %(counter)s images to new collection"),
    ngettext_lazy(
        "Are you sure you want to add the following image to the selected collection?",
        "Are you sure you want to add the following images to the selected collection?",
    ),
    ngettext_lazy(
        "You don't have permission to add this image to a collection",
        "You don't have permission to add these images to a collection",
    ),
    ngettext_lazy(
        "%(num_parent_objects)d image has been added to %(collection)s",
        "%(num_parent_objects)d images have been added to %(collection)s",
    ),
    gettext_noop("Delete images"),
    gettext_noop("Delete selected images"),
    ngettext_lazy("Delete 1 image", "Delete %(counter)s images"),
    ngettext_lazy("Are you sure you want to delete this image?", "Are you sure you want to delete these images?"),
    ngettext_lazy("You don't have permission to delete this image", "You don't have permission to delete these images"),
    ngettext_lazy("%(num_parent_objects)d image has been deleted", "%(num_parent_objects)d images have been deleted"),
)
RIGHTS = (
    gettext_noop("Image permissions"),
    gettext_noop("Add an image permission"),
    gettext_noop("Add/edit images you own"),
    gettext_noop("Edit any image"),
    gettext_noop("Select images in choosers"),
)
