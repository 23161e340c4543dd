"""Exports: no text of a reader is a formula in a CSV file or a workbook."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from reporting.spreadsheets import neutralise
from tests.building import staff
from tests.feedback import INDEX, give
from tests.spreadsheets import csv_rows

RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "  +1",
    "\u00a0=1",
    '"=1',
    "'=1",
    "“=1",
    "’-1",
    "«@a",
    " \"' =1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "﹦1",
    "\u200b=1",
    "\ufeff=cmd|' /C calc'!A0",
    "−1",
    "\n=1",
    "\tx",
    " \t x",
]
HARMLESS = ["", "Goed!", "a=b", "1-1", "“Goed”", "100 %", "(=1)", "#1", "Jan - Piet", "\u0000x"]


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_it_would_not_calculate_stays_as_it_is(text):
    assert neutralise(text) == text.replace("\x00", "")


def export(client, kind):
    response = client.get(f"{reverse(INDEX)}?export={kind}")
    assert response.status_code == 200 and f".{kind}" in response["Content-Disposition"]
    return response


def test_a_csv_file_holds_what_was_said_and_no_formula(standard):
    for text in [*RISKY, *HARMLESS[:-1]]:
        give(standard, comment=text)
    headings, *lines = csv_rows(export(staff(language="fr"), "csv"))
    assert headings == ["Page", "Langue", "Utile", "Commentaire", "Date et heure", "Version lue"]
    rows = [dict(zip(headings, line, strict=True)) for line in lines]
    assert rows[0]["Page"] == "standard fr" and rows[0]["Utile"] == "Oui"
    assert {row["Commentaire"] for row in rows} == {f"'{text}" for text in RISKY} | set(HARMLESS[:-1])
    assert not any(cell[:1] in "=+-@\t\r＝＋－＠" for row in rows for cell in row.values() if cell)


def test_a_workbook_holds_what_was_said_and_no_formula(standard):
    moment = timezone.now().replace(microsecond=0)
    for text in [*RISKY, *HARMLESS[1:-1], "hidden \ufffe\x0b"]:
        give(standard, comment=text, moment=moment, revision_id=standard.live_revision_id)
    sheet = openpyxl.load_workbook(io.BytesIO(export(staff(language="en"), "xlsx").getvalue())).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [cell.value for cell in sheet[1]] == ["Page", "Language", "Useful", "Comment", "Date and time", "Version read"]
    assert len(rows) == len(RISKY) + len(HARMLESS) - 1
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    comments = {row[3].value for row in rows}
    assert {"Goed!", "'=1+1", "'＝1", "hidden "} <= comments
    assert not any(text[:1] in "=+-@\t\r＝＋－＠" for text in comments)
    assert rows[0][4].value == timezone.make_naive(moment), "The moment is by the site's clock."


def test_an_export_is_filtered_like_the_list(standard):
    give(standard, comment="a")
    give(standard, comment="b", language="fr")
    rows = csv_rows(staff(language="en").get(f"{reverse(INDEX)}?export=csv&language=fr"))
    assert [row[3] for row in rows[1:]] == ["b"]
