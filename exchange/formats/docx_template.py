"""The document of a package before its texts are in it: made by python-docx, and cut where rows are to be written."""

import io
import re
import zipfile
from dataclasses import dataclass
from html import escape

import docx
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt, RGBColor

from exchange.formats.markup import clean

MAIN = "word/document.xml"
WIDTHS = (Cm(4), Cm(10.5), Cm(10.5))
# Signs for private use stand where something is put in.
PAGE, NUMBER, PLACE, SOURCE, TARGET = "\uf8f1\uf8f2\uf8f3\uf8f4\uf8f5"
OPENING, CLOSING = '<w:t xml:space="preserve">', "</w:t>"
SIGN = re.compile("<w:t>([\uf8f1-\uf8f5])</w:t>")


@dataclass(frozen=True, slots=True)
class Template:
    """A document cut into pieces of XML: its start and end, and of each page the heading, the start of the table, a row."""

    others: dict
    start: str
    heading: str
    table: str
    row: str
    end: str

    def page(self, words):
        """Return the XML of the heading of a page and the beginning of its table."""
        return fill(self.heading, {PAGE: words}) + self.table

    def text_row(self, number, place, source, target):
        """Return the XML of a row."""
        return fill(self.row, {NUMBER: str(number), PLACE: place, SOURCE: source, TARGET: target})


def fill(xml, words_by_sign):
    """Return XML with words in the place of signs; lines and tabs are elements of their own (ECMA-376, 17.3.3)."""

    def put_in(match):
        said = escape(words_by_sign[match[1]], quote=False)
        return OPENING + said.replace("\n", f"{CLOSING}<w:br/>{OPENING}").replace("\t", f"{CLOSING}<w:tab/>{OPENING}") + CLOSING

    return SIGN.sub(put_in, xml)


def make_template(package, key_line):
    """Return the `Template` of a package, in the active language."""
    document = docx.Document()
    add_title(document, package, key_line)
    document.add_heading(PAGE, level=2)
    add_table(document)
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts:
        others = {name: parts.read(name) for name in parts.namelist() if name != MAIN}
        xml = parts.read(MAIN).decode()
    heading = xml.rindex("<w:p>", 0, xml.rindex(PAGE))
    table = xml.index("<w:tbl>", heading)
    row = xml.rindex("<w:tr>", 0, xml.index(NUMBER, heading))
    end = xml.index("</w:tr>", row) + len("</w:tr>")
    start = xml[table:row].replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>")  # said again on each sheet
    return Template(others, xml[:heading], xml[heading:table], start, xml[row:end], xml[end:])


def add_title(document, package, key_line):
    """Add what stands above the texts."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(2)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(package.name), "", ""
    document.add_heading(clean(package.name), level=1)
    document.add_paragraph(key_line)
    lines = [
        _(
            "Write the translation in the third column, and change nothing else. Marks such as ⟦1⟧ and ⟦/1⟧ stand for links "
            "and formatting: put them around the words to which they belong."
        ),
        _("The line above tells the site which package this is. Leave it as it is."),
    ]
    if package.deadline:
        lines.append(_("To be ready by %(date)s.") % {"date": date_format(package.deadline)})
    if package.note:
        lines.append(clean(package.note))
    for line in lines:
        document.add_paragraph(line)


def add_table(document):
    """Add a table with its first row and a row to be filled in."""
    table = document.add_table(rows=2, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    for cell, words in zip(
        table.rows[0].cells, (_("Number of the text"), _("Source text"), _("Your translation")), strict=True
    ):
        cell.paragraphs[0].add_run(words).bold = True
    number, source, target = table.rows[1].cells
    number.paragraphs[0].add_run(NUMBER)
    place = number.add_paragraph().add_run(PLACE)
    place.font.size, place.font.color.rgb = Pt(8), RGBColor(0x55, 0x55, 0x55)
    source.paragraphs[0].add_run(SOURCE)
    target.paragraphs[0].add_run(TARGET)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width
