"""LibreOffice opens the document of a package in which a translator wrote, and saves it anew: every text comes back."""

import io
import os
import shutil
import subprocess

import docx
import pytest

from exchange.formats.packages import TRANSLATED, ReturnedText
from exchange.formats.receiving import receive
from exchange.judging import MISPLACED, Verdict
from exchange.making import ALL
from exchange.models import SentPackage
from exchange.reading import read_files
from exchange.sent_files import as_sent, write_file
from tests.building import make_user
from tests.content import page_of
from tests.exchange_files import codes_of, make_text, package_of, read_back, write_bytes
from tests.packages import make_package

pytestmark = [pytest.mark.sweep, pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
SOFFICE = shutil.which("soffice")
SECONDS = 120
PAGES = ("youth-guarantee", "esf", "eures")
ODD = [
    "twee  spaties, en één\u00a0vaste : 10\u202f000",
    "een\ttab\nen een regel\n\nen nog een",
    "⟦haken⟧ & <b>geen vet</b> \"dit\" ‘dat’ 'en' «zo»",
    "e\u0301 ﬁ ß İ שלום, \u200fمرحبا 🧭 𝒜",
    "af\u00adbre\u00adken en niet\u2011breken – of — wel…",
    "1. geen lijst\n- ook niet\n(c) (tm) --> http://x.be/?a=1&b=2",
    " begint met een spatie",  # one at the end is left out by LibreOffice
]


def convert(folder, names, kind):
    """Let LibreOffice open files in a folder, with settings of its own there, and save them in a new one; return that."""
    if SOFFICE is None:
        message = "No LibreOffice on this machine."
        pytest.fail(message) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(message)
    out = folder / kind
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'settings').as_uri()}"]
    command += ["--convert-to", kind, "--outdir", out, *(folder / name for name in names)]
    done = subprocess.run(command, env=os.environ | {"HOME": str(folder)}, timeout=SECONDS, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


def translate(data):
    """Return a document in which everything is translated: the third column says in capitals what the second one says."""
    document = docx.Document(io.BytesIO(data))
    for table in document.tables:
        for row in table.rows[1:]:
            _number, source, target = row.cells
            target.text = source.text.upper()
    again = io.BytesIO()
    document.save(again)
    return again.getvalue()


def in_capitals(parts):
    return [part.upper() if isinstance(part, str) else part for part in parts]


@pytest.mark.parametrize("route", [["docx"], ["odt", "docx"]], ids=["docx", "odt"])
def test_libreoffice_saves_a_document_anew_and_every_text_comes_back(route, tmp_path):
    odd = package_of(*(make_text(number, text) for number, text in enumerate(ODD, start=1)))
    sent = make_package(make_user("Publishers", "fr"), *(page_of(key).specific for key in PAGES), texts=ALL)
    with write_file(sent, "docx") as file:
        documents = {"odd": write_bytes("docx", odd), "sent": file.read()}
    for name, data in documents.items():
        (tmp_path / f"{name}.docx").write_bytes(translate(data))
    folder, ending = tmp_path, "docx"
    for kind in route:
        folder, ending = convert(folder, [f"{name}.{ending}" for name in documents], kind), kind

    head, texts = read_back("docx", (folder / "odd.docx").read_bytes())
    assert head == odd.head
    assert [(text.source, text.target) for text in texts] == [
        (codes_of(text).source, in_capitals(codes_of(text).source)) for text in odd.texts
    ]
    with (folder / "sent.docx").open("rb") as file:
        [one] = read_files("terug.docx", file, SentPackage.objects.all(), None)
    came = {text.sent.number: text for text in one.texts.select_related("sent")}
    assert set(came) == set(sent.texts.values_list("number", flat=True)) and len(came) > 50
    for number, text in came.items():
        codes = codes_of(as_sent(text.sent))
        expected = receive(as_sent(text.sent), ReturnedText(number, codes.source, in_capitals(codes.source), TRANSLATED))
        said = [finding[0] for finding in text.findings]
        assert text.text == expected.text and not {"source_changed", "unknown", "unbalanced", MISPLACED} & set(said), (
            text.sent.place
        )
        assert text.verdict not in (Verdict.BROKEN, Verdict.GONE)
