"""Uploaded files in a storage that speaks S3, instead of a folder of this host.

Nothing in the bucket is public: the application serves pictures, and documents while a page shows them. Pictures may lie in a
second bucket, which whoever runs the site makes public, and which browsers ask themselves.
"""

import logging
import posixpath
from contextlib import contextmanager
from time import monotonic
from urllib.parse import quote

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage

logger = logging.getLogger(__name__)
PUBLIC = ("images", "original_images")  # folders of what is public as soon as it is uploaded
TAKEN, NOT_OFFERED = (409, 412), (400, 501)  # what a storage answers where it is to write only what is not there
PAUSE = 2  # seconds for which a storage that did not answer is not asked again: nobody waits for it twice


class StorageAway(OSError):
    """The storage did not answer, or refused."""


@deconstructible
class Uploads(Storage):
    """One storage of two buckets, told apart by the folder. Raises `StorageAway`, and FileNotFoundError as others do."""

    def __init__(self, bucket, public_bucket="", public_url="", endpoint=None, region=None, access_key=None, secret_key=None):
        config = Config(
            connect_timeout=2,
            read_timeout=10,
            retries={"total_max_attempts": 2},
            s3={"addressing_style": "path" if endpoint else "auto"},
            # What came later to S3 itself, others refuse.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        connection = {"endpoint_url": endpoint, "region_name": region, "access_key": access_key, "secret_key": secret_key}
        # That a name is free is asked here, for both.
        alike = connection | {"client_config": config, "file_overwrite": True, "default_acl": None}
        self.private = S3Storage(bucket_name=bucket, **alike)
        self.public = S3Storage(bucket_name=public_bucket, **alike) if public_bucket else self.private
        self.public_url, self.silent_since = public_url, None

    def part_of(self, name):
        """Return the bucket of a file."""
        return self.public if is_public(name) else self.private

    @contextmanager
    def asked(self):
        """Ask the storage for something; one that has just failed fails at once."""
        if self.silent_since is not None and monotonic() - self.silent_since < PAUSE:
            raise StorageAway("The storage of uploaded files did not answer a moment ago.")
        try:
            yield
        except ClientError as error:
            if error.response["ResponseMetadata"].get("HTTPStatusCode") == 404:
                raise FileNotFoundError(str(error)) from error
            raise StorageAway(f"The storage of uploaded files refuses: {error}") from error
        except (BotoCoreError, Boto3Error) as error:
            self.silent_since = monotonic()
            raise StorageAway(f"The storage of uploaded files does not answer: {error}") from error
        self.silent_since = None

    def _open(self, name, mode="rb"):
        with self.asked():
            file = self.part_of(name).open(name, mode)
            file.file  # noqa: B018  (fetches it now, and not while somebody reads)
            return file

    def _save(self, name, content):
        """Store a file under a name that was free a moment ago; where somebody took it since, under another one."""
        with self.asked():
            while not reserve(self.part_of(name), name):
                name = self.get_available_name(self.get_alternative_name(*posixpath.splitext(name)))
            return self.part_of(name).save(name, content)

    def overwrite(self, name, content):
        """Put something else in the place of a file, under its name."""
        with self.asked():
            return self.part_of(name).save(name, content)

    def delete(self, name):
        """Delete a file. Where the storage does not answer it stays, which is logged: what refers to it is deleted by then."""
        try:
            with self.asked():
                self.part_of(name).delete(name)
        except StorageAway as error:
            logger.error("%s has to be deleted by hand: %s", name, error)

    def exists(self, name):
        with self.asked():
            return self.part_of(name).exists(name)

    def size(self, name):
        with self.asked():
            return self.part_of(name).size(name)

    def get_modified_time(self, name):
        with self.asked():
            return self.part_of(name).get_modified_time(name)

    def listdir(self, path):
        folders, files = set(), set()
        with self.asked():
            for part in {self.private, self.public}:
                more_folders, more_files = part.listdir(path)
                folders, files = folders | set(more_folders), files | set(more_files)
        return sorted(folders), sorted(files)

    def url(self, name):
        base = self.public_url if self.public_url and is_public(name) else settings.MEDIA_URL
        return f"{base.rstrip('/')}/{quote(name)}"


def reserve(part, name):
    """Put an empty file under a name, unless there is one; return whether it is ours. A storage that cannot tell says yes."""
    try:
        part.bucket.Object(name).put(Body=b"", IfNoneMatch="*")
    except ClientError as error:
        status = error.response["ResponseMetadata"].get("HTTPStatusCode")
        if status not in {*TAKEN, *NOT_OFFERED}:
            raise
        return status in NOT_OFFERED
    return True


def is_public(name):
    """Say whether a file is in a folder of what is public as soon as it is uploaded."""
    return name.replace("\\", "/").split("/")[0] in PUBLIC
