"""The one place in which an uploaded picture is opened: what the site can show is kept or converted, the rest is refused."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField

DAMAGED = _("This picture could not be opened: the file is damaged or incomplete. Save it again where it comes from.")
TOO_MANY_PIXELS = _("This picture has too many pixels. Make it smaller, then upload it again.")
MODES = ("L", "RGB", "RGBA")  # what every format that pages use can be made of
ORIENTATION = 0x0112  # the tag of EXIF that says which side of a photograph is up


class PictureField(WagtailImageField):
    """An upload that is wholly read once, so that nothing that comes later can find it broken."""

    def to_python(self, data):
        """Return the file as the site keeps it. Raises ValidationError for what cannot be shown."""
        try:
            if data:
                data.seek(0)  # a page may be checked and then shown, each with a form of its own
            file = super().to_python(data)
            return make_showable(file) if file else file
        except ValidationError:
            raise
        except (Image.DecompressionBombError, MemoryError) as error:
            raise ValidationError(TOO_MANY_PIXELS, code="file_too_many_pixels") from error
        except Exception as error:  # decoders raise whatever a broken file leads them to
            raise ValidationError(DAMAGED, code="invalid_image") from error


def make_showable(file):
    """Return `file`, or a new one where it is turned, moves, or has colours that not every format knows. Raises if damaged."""
    file.seek(0)
    with Image.open(file) as image:
        image.load()
        is_kept = image.mode in MODES and getattr(image, "n_frames", 1) == 1 and image.getexif().get(ORIENTATION, 1) == 1
        converted = file if is_kept else rewrite(image, file)
    file.seek(0)
    return converted


def rewrite(image, file):
    """Return the first frame of a picture as a new file: upright, in plain colours, without what cameras note."""
    upright = to_plain_colours(ImageOps.exif_transpose(image))
    kind = "JPEG" if image.format == "MPO" else image.format
    content = BytesIO()
    upright.save(content, kind, quality=95)
    return SimpleUploadedFile(file.name, content.getvalue(), Image.MIME[kind])


def to_plain_colours(image):
    """Return a picture in one of `MODES`."""
    if image.mode in MODES:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey, of which Pillow would otherwise cut off what is brighter than 255
        return image.point(lambda value: value / 256).convert("L")
    is_transparent = image.mode in ("LA", "La", "PA", "RGBa") or "transparency" in image.info
    plain = image.convert("RGBA" if is_transparent else "RGB")
    plain.info.pop("icc_profile", None)  # it described the colours as they were
    return plain
