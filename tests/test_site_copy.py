"""The site as files: all that is published and nothing else, what changed alone, whole at every moment."""

import fcntl
import gzip
import json
import os
import time
from errno import ENOSPC
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from assets.models import SiteDocument
from audience.contact_views import contact
from audience.feedback_views import feedback
from delivery import documents, health, published, sitemap
from delivery.redirects import STORED_PATHS
from delivery.sitemap import paths_by_language
from draft_links import views as drafts
from languages.codes import LANGUAGES
from pages.list_parts import part_path
from pages.models import GlossaryPage, IndexPage, SitePage, StandardPage, list_models
from search.api import api
from search.views import search, suggest
from site_copy import contents, copying, static_files
from site_copy.contents import asked_paths, file_of, redirects
from site_copy.manifest import Manifest
from tests.building import add, make_mandate, make_standard, make_user, texts
from tests.editor import block
from tests.many import multiply
from tests.site_checks import SITE

# What is no file, and why. A new route stands here, or among the addresses that are copied.
NO_FILE = {
    **dict.fromkeys([health.healthz, health.readyz], "says how the application is"),
    **dict.fromkeys([search, suggest, api], "answers what is typed; a page says that it is away"),
    **dict.fromkeys([contact, feedback], "is written to; a page says that it is away"),
    **dict.fromkeys([drafts.draft, drafts.comment, drafts.document], "is not public"),
    **dict.fromkeys([documents.serve_document, documents.redirect_old_address, documents.serve_media], "copied as files"),
}
OF_NOBODY_ELSE = ("admin/", "_design/")


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    settings.MEDIA_ROOT.mkdir()
    settings.STATIC_ROOT.mkdir()
    return tmp_path / "copy"


def copy(folder, **options):
    output = StringIO()
    call_command("write_copy", str(folder), stdout=output, **options)
    return output.getvalue()


def entries(folder):
    """Return the entries of the list, by address."""
    manifest = json.loads((folder / "copy.json").read_text())
    assert manifest["site"] == SITE
    return {entry["address"]: entry for entry in manifest["entries"]}


def files(folder):
    """Return all files of the copy by name, each with its number on the disk, which changes when it is written."""
    paths = [path for path in folder.rglob("*") if path.is_file() and ".copy" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in paths}


def publish_changed(page):
    page = StandardPage.objects.get(pk=page.pk)
    page.lead_nl = page.summary_nl = "Something else."
    page.excuse("Urgent.")
    page.save_revision().publish()


def published_paths():
    rows = SitePage.objects.existing().values_list(*(f"address_{code}" for code in LANGUAGES))
    return {path for row in rows for path in paths_by_language(row).values()}


def routes(patterns, above=""):
    """Yield the pattern and the view of each route that is open to readers."""
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if route.startswith(OF_NOBODY_ELSE):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def test_every_public_route_is_copied_or_is_known_to_be_no_file(standard, settings, monkeypatch):
    settings.SECURITY_CONTACT = ["security@example.org"]
    add(standard, GlossaryPage, **texts("glossary"))
    monkeypatch.setattr(sitemap, "SITEMAP_PAGES", 1)
    copied = {resolve(path).func for path in asked_paths()}
    forgotten = {
        route
        for route, view in routes(get_resolver().url_patterns)
        if view not in copied and view not in NO_FILE and not hasattr(view, "view_class")
    }
    assert forgotten == set(), "Add it to delivery/published.py, or here with the reason why it is no file."
    assert not copied & NO_FILE.keys()


def test_the_copy_holds_every_published_address_as_it_is_served(client, standard, folder):
    copy(folder)
    listed = entries(folder)
    assert len(published_paths()) == 6 and published_paths() <= listed.keys()
    for path in [*published_paths(), "/", "/sitemap.xml", "/robots.txt", "/fr/feed/", "/nl/zoeken/opensearch.xml"]:
        answer = client.get(path)
        assert (folder / listed[path]["file"]).read_bytes() == answer.content, path
        assert (listed[path]["type"], listed[path]["status"]) == (answer["Content-Type"], answer.status_code)
    page = folder / "fr" / "standard-fr" / "index.html"
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert 'lang="fr"' in (folder / "fr/recherche/index.html").read_text()
    assert listed["/fr/recherche/"]["status"] == 503
    for code in LANGUAGES:
        assert f'lang="{code}"' in (folder / "404.html").read_text()


def test_the_parts_of_a_long_list_are_there_until_they_are_no_more(client, section, folder, monkeypatch):
    monkeypatch.setattr(IndexPage, "CARDS_A_PAGE", 2)
    topics = [make_mandate(section, f"topic {number}") for number in range(5)]
    copy(folder)
    parts = {part_path(code, path, number) for code, path in section.paths().items() for number in (2, 3)}
    listed = entries(folder)
    assert parts <= listed.keys()
    for path in parts:
        assert (folder / listed[path]["file"]).read_bytes() == client.get(path).content, path
    topics[0].delete()
    copy(folder)
    gone = parts - entries(folder).keys()
    assert gone == {part_path(code, path, 3) for code, path in section.paths().items()}
    assert not any((folder / path.strip("/")).exists() for path in gone)


def test_what_is_not_public_stays_out(standard, folder, settings):
    draft = make_standard(standard, name="secret", live=False)
    page = StandardPage.objects.get(pk=standard.pk)
    page.heading_nl = "Secret heading"
    page.save_revision()
    document = SiteDocument(title="Secret")
    document.file.save("secret.txt", ContentFile(b"secret"), save=True)
    (settings.MEDIA_ROOT / "wagtail_uploads").mkdir()
    (settings.MEDIA_ROOT / "wagtail_uploads" / "secret.png").write_bytes(b"secret")
    copy(folder)
    assert draft.paths() == {}
    for path in folder.rglob("*"):
        assert "secret" not in path.name.lower()
        assert not path.is_file() or b"ecret" not in path.read_bytes(), path
    assert not (folder / "admin").exists() and not any("?" in name for name in files(folder))


def test_uploads_and_static_files_are_there_and_documents_where_readers_open_them(home, folder, settings, tasks_at_once):
    document = SiteDocument(title="Verslag", heading_nl="Verslag", heading_fr="Rapport")
    document.file.save("verslag.txt", ContentFile(b"verslag"), save=True)
    item = {"type": "item", "value": {"document": document.pk, "note": {}}, "id": "1"}
    make_standard(home, body=[block("documents", title={}, items=[item])])
    (settings.MEDIA_ROOT / "images").mkdir()
    (settings.MEDIA_ROOT / "images" / "a.png").write_bytes(b"picture")
    (settings.STATIC_ROOT / "a.123.css").write_text("a{}")
    copy(folder)
    listed = entries(folder)
    path = document.address_of(document.file)
    assert (folder / listed[path]["file"]).read_bytes() == b"verslag"
    assert listed[f"/media/{document.file.name}"]["location"] == path
    assert (folder / "media/images/a.png").read_bytes() == b"picture"
    assert listed["/static/a.123.css"]["type"] == "text/css"
    before = files(folder)
    copy(folder)
    assert files(folder) == before


@pytest.mark.parametrize("name", [os.fsdecode("é.png".encode("latin-1")), "two\nlines.png", "back\\slash.png"])
def test_a_file_whose_name_no_address_can_have_stays_out(name, home, folder, settings):
    for upload in (name, "a.png"):
        (settings.MEDIA_ROOT / upload).write_bytes(b"picture")
    copy(folder)
    assert [path for path in entries(folder) if path and path.startswith("/media/")] == ["/media/a.png"]


def test_uploads_of_a_storage_without_a_disk_are_fetched_once(home, folder, monkeypatch):
    storage = InMemoryStorage(location="/uploads")
    storage.save("images/a.png", ContentFile(b"picture"))
    storage.save("documents/secret.txt", ContentFile(b"secret"))
    remote = SimpleNamespace(listdir=storage.listdir, open=storage.open, path=Storage().path)
    monkeypatch.setattr(contents, "default_storage", remote)
    copy(folder)
    assert (folder / "media/images/a.png").read_bytes() == b"picture" and not (folder / "media/documents").exists()
    remote.open = lambda name: 1 / 0
    before = entries(folder)
    copy(folder)
    assert entries(folder) == before


def test_redirects_lead_on_in_the_language_of_their_address(standard, folder, settings):
    settings.SECURITY_CONTACT = ["security@example.org"]
    for old_path, link in (("/nl/oud", ""), ("/oud%20adres", "https://elsewhere.example/?a=1&b=2"), ("/nl/vraag?x=1", "/nl/")):
        page = None if link else Page.objects.get(pk=standard.pk)
        Redirect.objects.create(old_path=old_path, redirect_link=link, redirect_page=page, is_permanent=True)
    Redirect.objects.create(old_path="/nl/../../evil", redirect_link="https://evil.example/")
    Redirect.objects.create(old_path="/nl/standard-nl", redirect_link="https://evil.example/")
    copy(folder)
    listed = entries(folder)
    assert (listed["/nl/oud"]["status"], listed["/nl/oud"]["location"]) == (301, "/nl/standard-nl/")
    html = (folder / "nl/oud/index.html").read_text()
    assert '<html lang="nl">' in html and f'content="0; url={SITE}/nl/standard-nl/"' in html
    assert f'<link rel="canonical" href="{SITE}/nl/standard-nl/">' in html and "noindex" in html
    assert "https://elsewhere.example/?a=1&amp;b=2" in (folder / "oud adres/index.html").read_text()
    assert listed["/security.txt"]["location"] == "/.well-known/security.txt"
    assert listed["/nl/../../evil"]["file"] is None and not list(folder.parent.rglob("evil*"))
    assert listed["/nl/standard-nl/"]["status"] == 200 and "/nl/vraag?x=1" not in listed


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/nl/foo/", "nl/foo/index.html"),
        ("/sitemap.xml", "sitemap.xml"),
        ("/fr/feed/", "fr/feed/index.atom"),
        ("/.well-known/security.txt", ".well-known/security.txt"),
        ("/nl/%C3%A9/", "nl/é/index.html"),
        *((address, None) for address in ("/copy.json/", "/nl/a.draft/b/")),
        *((address, None) for address in ("/../a", "/nl/%2e%2e/a/", "/.copy/lock", "/a//b/", "/a\0b/", "/" + "a" * 250 + "/")),
    ],
)
def test_the_file_of_an_address_is_told_from_the_address_alone(address, file):
    assert file_of(address) == file


@pytest.mark.sweep
def test_nothing_is_written_where_nothing_changed_and_one_change_writes_its_own(standard, keeping, folder):
    other = make_standard(Page.objects.get(pk=standard.pk).get_parent(), name="other")
    copy(folder)
    before = files(folder)
    assert ": 0 files written, 0 removed." in copy(folder)
    assert files(folder) == before
    publish_changed(standard)
    copy(folder)
    after = files(folder)
    changed = {name for name in after if before.get(name) != after[name]}
    assert "nl/standard-nl/index.html" in changed and "nl/feed/index.atom" in changed
    assert "fr/other-fr/index.html" not in changed and "Something else." in (folder / "nl/standard-nl/index.html").read_text()
    other.unpublish()
    copy(folder)
    assert not [name for name in files(folder) if "other-" in name]
    assert not any("/other-" in path for path in entries(folder) if path) and not (folder / "fr/other-fr").exists()


def test_a_page_that_fails_keeps_its_last_file_and_is_named(standard, folder, monkeypatch):
    copy(folder)
    before = files(folder)
    monkeypatch.setattr(StandardPage, "serve", lambda *arguments: 1 / 0)
    with pytest.raises(CommandError, match=r"/nl/standard-nl/ \(500\)"):
        copy(folder)
    assert files(folder).keys() == before.keys() and entries(folder)["/nl/standard-nl/"]["status"] == 200
    monkeypatch.undo()


@pytest.mark.sweep
def test_a_run_that_is_killed_leaves_what_was_there_and_the_next_goes_on(standard, folder, monkeypatch):
    copy(folder)
    before = files(folder)
    page = make_standard(Page.objects.get(pk=standard.pk).get_parent(), name="late")
    finish = Manifest.finish
    monkeypatch.setattr(Manifest, "finish", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        copy(folder)
    assert before.keys() <= files(folder).keys() and "/nl/late-nl/" not in entries(folder)
    monkeypatch.setattr(Manifest, "finish", finish)
    (folder / "nl" / "left.html.draft").write_text("half a pa")
    done = files(folder)["nl/late-nl/index.html"]
    copy(folder)
    assert files(folder)["nl/late-nl/index.html"] == done and page.paths()["nl"] in entries(folder)
    assert not list(folder.rglob("*.draft"))


def test_where_the_database_goes_away_all_is_left_as_it_is(standard, folder, monkeypatch):
    copy(folder)
    before = files(folder)

    def break_off():
        yield "/nl/"
        raise OperationalError("gone")

    monkeypatch.setattr(copying, "asked_paths", break_off)
    with pytest.raises(OperationalError):
        copy(folder)
    assert files(folder) == before


def test_two_runs_do_not_write_at_once(standard, folder):
    copy(folder)
    with (folder / ".copy" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="is being written already"):
            copy(folder)
    copy(folder)


@pytest.mark.parametrize("kept", ["own.txt", "docs/own.txt"])
def test_a_folder_of_somebody_else_is_left_alone(kept, db, folder):
    (folder / kept).parent.mkdir(parents=True)
    (folder / kept).write_text("a book")
    with pytest.raises(CommandError, match="holds other files, which would be deleted"):
        copy(folder)
    assert files(folder).keys() == {kept} and not (folder / ".copy").exists()


def test_a_disk_of_its_own_is_written_to_and_no_folder_that_is_copied(home, folder, settings):
    (folder / "lost+found").mkdir(parents=True)
    assert "written" in copy(folder)
    for copied in (settings.MEDIA_ROOT, settings.STATIC_ROOT / "copy"):
        with pytest.raises(CommandError, match="holds other files"):
            copy(copied)


@pytest.mark.sweep
def test_what_was_a_redirect_gives_way_to_the_page_or_file_that_comes_to_its_address(home, folder, settings):
    page, picture = "nl/standard-nl/index.html", "media/images/a.jpg"
    for path in (page, f"{page}.gz", picture, "copy.json", f"{picture}/below"):
        Redirect.objects.create(old_path=f"/{path}", redirect_link="/nl/", is_permanent=True)
    copy(folder)
    assert {f"{page}/index.html", f"{picture}/index.html"} <= files(folder).keys()
    make_standard(home)
    (settings.MEDIA_ROOT / "images").mkdir()
    (settings.MEDIA_ROOT / picture.removeprefix("media/")).write_bytes(b"picture")
    for _time in range(2):
        copy(folder)
        assert {page, f"{page}.gz", picture} <= files(folder).keys()
        assert {path for path in files(folder) if path.startswith((f"{page}/", f"{picture}/"))} == set()
        listed = entries(folder)
        assert (listed["/nl/standard-nl/"]["file"], listed[f"/{picture}"]["file"]) == (page, picture)
    (settings.MEDIA_ROOT / "images/a.jpg").unlink()
    for _time in range(2):
        copy(folder)
    assert {f"{picture}/index.html", f"{picture}/below/index.html"} <= files(folder).keys()


def test_one_upload_that_cannot_be_read_keeps_nothing_else_from_being_written(home, folder, settings, monkeypatch):
    for name in ("gone.jpg", "kept.jpg", "new.jpg"):
        (settings.MEDIA_ROOT / name).write_bytes(name.encode())
    copy(folder)
    (settings.MEDIA_ROOT / "gone.jpg").unlink()
    (settings.MEDIA_ROOT / "gone.jpg").symlink_to("nowhere")
    (settings.MEDIA_ROOT / "new.jpg").unlink()
    (settings.MEDIA_ROOT / "new.jpg").symlink_to("kept.jpg")

    def refuse(source, *args, **options):
        raise PermissionError(13, "Permission denied")

    (settings.MEDIA_ROOT / "locked.jpg").write_bytes(b"locked")
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(
        "shutil.copy2",
        lambda source, there: refuse(source) if "locked" in source else Path(there).write_bytes(Path(source).read_bytes()),
    )
    make_standard(home)
    with pytest.raises(CommandError, match=r"/media/locked.jpg \(Permission denied\)"):
        copy(folder)
    there = files(folder).keys()
    assert {"media/kept.jpg", "media/new.jpg", "nl/standard-nl/index.html"} <= there
    assert not {"media/gone.jpg", "media/locked.jpg"} & there and not (folder / "media/new.jpg").is_symlink()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("what", ["files", "list"])
def test_on_a_full_disk_what_is_gone_goes_and_the_rest_stays(what, standard, folder, monkeypatch):
    other = make_standard(Page.objects.get(pk=standard.pk).get_parent(), name="other")
    copy(folder)
    before = files(folder)
    other.unpublish()
    publish_changed(standard)
    write, add_entry = Path.write_bytes, Manifest.add

    def refuse(*arguments, **options):
        raise OSError(ENOSPC, "No space left on device")

    if what == "files":
        monkeypatch.setattr(Path, "write_bytes", lambda path, content: write(path, content[:9]) and refuse())
    else:
        monkeypatch.setattr(Manifest, "add", lambda self, **entry: refuse() if self.count else add_entry(self, **entry))
    with pytest.raises(CommandError, match="No space left"):
        copy(folder)
    gone = before.keys() - files(folder).keys()
    assert {f"{code}/other-{code}/index.html" for code in LANGUAGES} <= gone
    assert all("other-" in name or name.startswith("p/") for name in gone) and files(folder).keys() <= before.keys()
    assert "Something else." in (folder / "nl/standard-nl/index.html").read_text() or what == "files"
    monkeypatch.undo()
    copy(folder)
    assert "Something else." in (folder / "nl/standard-nl/index.html").read_text()
    assert not any("/other-" in path for path in entries(folder) if path)


@pytest.mark.sweep
def test_the_job_writes_only_where_something_changed_or_an_hour_passed(standard, keeping, folder, settings):
    settings.COPY_ROOT = str(folder)
    options, author = {"if_changed": True, "verbosity": 1}, make_user("Editors")
    assert "written" in copy(folder, **options)
    assert copy(folder, **options) == ""
    EditingSession.objects.create(user=author, content_object=standard, last_seen_at=timezone.now())
    assert copy(folder, **options) == "", "A form that is open changes nothing for readers."
    make_standard(Page.objects.get(pk=standard.pk).get_parent(), name="new")
    assert "written" in copy(folder, **options)
    state = folder / ".copy" / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"moment": 0}))
    assert "written" in copy(folder, **options)


@pytest.mark.parametrize("root", ["", "/srv/copy"])
def test_the_copy_is_a_job_where_there_is_to_be_one(root, settings, db):
    settings.COPY_ROOT = root
    from schedule.jobs import all_jobs

    assert ("write_copy" in all_jobs()) == bool(root)


def test_addresses_are_read_in_pages(standard, monkeypatch):
    """Neither the number of pages nor how many are read at once changes how often the list of addresses is asked for."""
    counts = []
    for number in (0, 20):
        multiply(StandardPage.objects.get(pk=standard.pk), number) if number else None
        with CaptureQueriesContext(connection) as queries:
            assert len(list(published.page_paths())) == 8 + 4 * number
        counts.append(len(queries))
    assert counts[0] == counts[1] == 1 + len(list_models())
    assert list(redirects()) == []


def test_where_redirects_lead_is_asked_for_together_and_is_what_readers_find(standard, home, monkeypatch):
    draft, site = make_standard(home, "draft", live=False), Site.objects.get()
    target, circle = standard.paths()["nl"].rstrip("/"), "/nl/rond"

    def leave(number):
        to_pages = [(f"/nl/oud-{number}", standard), (f"/fr/Vieux-{number}", standard), (f"/oud-{number}", standard)]
        to_pages += [
            (f"/nl/klad-{number}", draft),
            (Redirect.normalise_path(f"/nl/hé-{number}"), standard),
            (f"/nl/q-{number}?a=1", standard),
        ]
        to_links = [(f"/nl/stap-{number}", f"/nl/OUD-{number}"), (f"/nl/twee-{number}", f"{SITE}/nl/stap-{number}/")]
        to_links += [(f"{circle}-{number}", f"{circle}-{number}/"), (f"/nl/elders-{number}", "https://example.org/")]
        to_links += [(f"/nl/fout-{number}", "//[x"), (f"/fr/naar-{number}", target), (f"/nl/door-{number}", target)]
        Redirect.objects.bulk_create(Redirect(old_path=path, redirect_page=page, site=site) for path, page in to_pages)
        Redirect.objects.bulk_create(Redirect(old_path=path, redirect_link=link) for path, link in to_links)

    def ask():
        with CaptureQueriesContext(connection) as captured:
            found = list(redirects())
        return found, len(captured)

    leave(0)
    ask()  # which fills caches of Wagtail's
    _found, before = ask()
    for number in range(1, 12):
        leave(number)
    found, after = ask()
    assert after == before and len(found) == 12 * 8
    monkeypatch.setattr(contents, "FetchedPaths", lambda paths: STORED_PATHS)
    assert ask()[0] == found


def test_static_files_of_a_release_go_a_month_after_it(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path
    storage = SimpleNamespace(hashed_files={"a.css": "a.2.css"}, manifest_name="staticfiles.json")
    monkeypatch.setattr(static_files, "staticfiles_storage", storage)
    ages = {"a.css": 90, "a.2.css": 90, "a.2.css.gz": 90, "a.1.css": 20, "a.0.css": 40, "a.0.css.br": 40, "errors/404.html": 90}
    for name, days in ages.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (time.time() - days * 24 * 60 * 60,) * 2)
    call_command("clean_static_files", stdout=StringIO())
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == ages.keys() - {"a.0.css", "a.0.css.br"}
    storage.hashed_files = {"a.css": "a.3.css"}  # the next release
    call_command("clean_static_files", stdout=StringIO())
    assert (tmp_path / "a.2.css").exists(), "It was of use until today."


@pytest.mark.sweep
def test_the_starting_content_is_copied_whole(with_content, folder):
    copy(folder)
    listed, client = entries(folder), Client()
    assert len(published_paths()) > 50 and published_paths() <= listed.keys()
    for path in published_paths():
        assert (folder / listed[path]["file"]).read_bytes() == client.get(path).content, path
    assert Path(folder / "en/feed/index.atom").exists()


def test_a_folder_that_cannot_be_written_is_said_in_a_line(tmp_path, db):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match=r"cannot be written, .*Not a directory"):
        call_command("write_copy", str(tmp_path / "file" / "copy"))
