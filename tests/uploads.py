"""Files that people upload: sound ones, odd ones and broken ones."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from wagtail.models import Collection, GroupCollectionPermission

CONTENT_TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}"/></Types>'
WORD = CONTENT_TYPES.format("wordprocessingml.document.main+xml")
SHEET = CONTENT_TYPES.format("spreadsheetml.sheet.main+xml")
SLIDES = CONTENT_TYPES.format("presentationml.presentation.main+xml")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def upload(name, content):
    return SimpleUploadedFile(name, content)


def picture(mode="RGB", kind="PNG", size=(60, 40), colour=None, **options):
    """Return the bytes of a picture, grey or in one colour, in a mode of Pillow and a format."""
    image = Image.new(mode, size) if colour is None else Image.new(mode, size, colour)
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def noise(kind="PNG", size=(300, 200)):
    """Return the bytes of a picture that cannot be compressed, so that half of it is really half."""
    content = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(content, kind)
    return content.getvalue()


def bomb(width, height):
    """Return a PNG of a few bytes that says it has this size."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def turned_photograph():
    """Return a photograph that lies on its side, and says so."""
    image = Image.new("RGB", (60, 40), "teal")
    exif = image.getexif()
    exif[0x0112] = 6
    content = BytesIO()
    image.save(content, "JPEG", exif=exif)
    return content.getvalue()


SECRET = b"51.0543"


def photograph(kind="JPEG", size=(60, 40), **options):
    """Return the bytes of a picture in which its camera and a program noted where it was taken, with a colour profile."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = image.getexif()
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    options |= {"exif": exif, "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
    if kind == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_itxt("Comment", SECRET.decode())
    else:
        options |= {"xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"} | ({"comment": SECRET} if kind == "JPEG" else {})
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def moving():
    """Return a WebP of two frames."""
    first, second = (Image.new("RGB", (60, 40), colour) for colour in ("teal", "orange"))
    content = BytesIO()
    first.save(content, "WEBP", save_all=True, append_images=[second], duration=100)
    return content.getvalue()


def archive(**members):
    """Return the bytes of a zip file; a name's dots and slashes are written `_DOT_` and `_IN_`."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, member in members.items():
            made.writestr(name.replace("_DOT_", ".").replace("_IN_", "/"), member)
    return content.getvalue()


def office(types, **members):
    """Return a file of an office suite, whose types are one of the constants above."""
    content = BytesIO(archive(**members))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", types)
    return content.getvalue()


def open_document(kind, **members):
    return archive(mimetype=f"application/vnd.oasis.opendocument.{kind}", **members)


def with_files(user):
    """Return somebody whose groups may add, change and choose pictures and documents, as Wagtail asks for it."""
    names = [f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in ("image", "document")]
    for permission in Permission.objects.filter(codename__in=names, content_type__app_label__startswith="wagtail"):
        for group in user.groups.all():
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
    return user
