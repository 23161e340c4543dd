"""Backups of tests, and what has to be the same when one has been restored."""

import io
from hashlib import sha256

from django.test import Client
from wagtail.images import get_image_model

from languages.codes import LANGUAGES
from newsroom.backups.archive import DATABASE, MEDIA, ArchiveWriter
from pages.models import SitePage

MANIFEST_OF_TESTS = {"release": "1.0.0", "made_at": "2026-11-29T10:00:00+00:00", "postgresql": 18, "migrations": []}
UPLOADS = {f"{MEDIA}images/one.png": b"one", f"{MEDIA}documents/a b/two.pdf": b"two" * 100_000}


def write_archive(folder, name="whole.tar", database=b"dump", uploads=UPLOADS, **manifest):
    """Write an archive of tests, and return its path."""
    path = folder / name
    with path.open("wb") as file:
        writer = ArchiveWriter(file)
        writer.add(DATABASE, io.BytesIO(database), len(database))
        for upload, data in uploads.items():
            writer.add(upload, io.BytesIO(data), len(data))
        writer.finish(MANIFEST_OF_TESTS | manifest)
    return path


def public_answers():
    """Return what every public address of the site answers, as (status, SHA-256 of the body), and what the files hold."""
    client, answers = Client(), {}
    paths = [path for page in SitePage.objects.live() for path in page.specific.paths().values()]
    machine = ["/sitemap.xml", "/robots.txt", *(f"/{code}/feed/" for code in LANGUAGES)]
    for path in [*paths, *machine, *(image.file.url for image in get_image_model().objects.all())]:
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answers[path] = answer.status_code, sha256(body).hexdigest()
    return answers
