"""The one place in which a picture is opened: what the site can show is kept or converted, the rest is refused.

What a camera or a program notes beside the picture, such as where and by whom it was taken, is never kept: pictures are public.
"""

import struct
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
# What a file may hold beside its pixels. JPEG: the size of a pixel, the colour profile, how colours are stored.
SEGMENTS = (("APP0", b"JFIF\0"), ("APP2", b"ICC_PROFILE\0"), ("APP14", b"Adobe"))
CHUNKS = frozenset(b"IHDR PLTE IDAT IEND tRNS bKGD cHRM cICP gAMA iCCP pHYs sBIT sRGB".split())  # of PNG
NOTES = ("exif", "xmp")  # of WebP and AVIF, as Pillow calls them


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
    """Return `file`, or a new one where it holds notes, is turned, moves, or has colours that not every format knows.

    Raises whatever a decoder does where it is damaged.
    """
    file.seek(0)
    with Image.open(file) as image:
        image.load()
        is_plain = image.mode in MODES and getattr(image, "n_frames", 1) == 1 and image.getexif().get(ORIENTATION, 1) == 1
        is_kept = is_plain and is_bare(image, file)
        converted = file if is_kept else rewrite(image, file, is_plain)
    file.seek(0)
    return converted


def is_bare(image, file):
    """Say whether the file of a picture that Pillow has opened holds nothing but its pixels and what is needed to show them."""
    if image.format in ("JPEG", "MPO"):
        return all(any(name == one and data.startswith(start) for one, start in SEGMENTS) for name, data in image.applist)
    if image.format == "PNG":
        return set(chunk_names(file)) <= CHUNKS
    return not any(image.info.get(name) for name in NOTES)


def chunk_names(file):
    """Yield the name of each chunk of a PNG, and what stands behind its end as another."""
    file.seek(8)  # behind the signature
    while len(head := file.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        yield name
        file.seek(length + 4, 1)  # and its checksum
    if head:
        yield head


def rewrite(image, file, is_plain):
    """Return the first frame of a picture as a new file: upright, in plain colours, without what cameras and programs note.

    One that `is_plain` keeps its colours as they are, to the last bit where its format allows that.
    """
    kind = "JPEG" if image.format == "MPO" else image.format
    is_kept_in_quality = is_plain and image.format == "JPEG"
    upright = image if is_kept_in_quality else to_plain_colours(ImageOps.exif_transpose(image))
    options = {"quality": "keep" if is_kept_in_quality else 95}
    if profile := upright.info.get("icc_profile"):
        options["icc_profile"] = profile
    if image.info.get("progressive"):
        options["progressive"] = True
    content = BytesIO()
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    upright.save(content, kind, **options)
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
