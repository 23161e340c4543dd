"""Where uploaded files are: in a folder, or in a storage that speaks S3."""

from django.core.exceptions import ImproperlyConfigured

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def build_storage(bucket, public_bucket, public_url, **connection):
    """Return the entry of `STORAGES` for uploaded files; empty texts mean that something is not set."""
    if not bucket:
        return FOLDER
    if bool(public_bucket) != bool(public_url) or public_bucket == bucket:
        raise ImproperlyConfigured(
            "MEDIA_PUBLIC_BUCKET and MEDIA_PUBLIC_URL go together, and that bucket is not MEDIA_BUCKET: documents that no page "
            "shows would be public."
        )
    given = {"bucket": bucket, "public_bucket": public_bucket, "public_url": public_url, **connection}
    return {"BACKEND": "assets.storage.Uploads", "OPTIONS": {name: value for name, value in given.items() if value}}
