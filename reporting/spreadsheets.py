"""Exports that a spreadsheet shows and never runs."""

import csv
import datetime
import re
import unicodedata
from codecs import BOM_UTF8

from django.utils import timezone
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

FORMULA = "=+-@−"  # what a spreadsheet takes for the beginning of a formula; the last is the typographic minus
BREAKS = "\t\r\n"
# Spreadsheets set to Dutch or French, where a comma begins the decimals, take a CSV file apart at semicolons; and where no mark
# at its beginning says that it is UTF-8, they take it for another encoding.
SEPARATOR = ";"
QUOTES = "'\"`´"
IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0, of which XLSX is made


def neutralise(text):
    """Return a text as a cell that no spreadsheet calculates: an apostrophe goes before what might be a formula.

    Spaces, quotes and invisible characters before it do not hide it, and neither does another width of the sign (OWASP, "CSV
    injection").
    """
    text = IMPOSSIBLE.sub("", text)
    prefix = text[: len(text) - len(visible_part(text))]
    first = unicodedata.normalize("NFKC", visible_part(text)[:1])
    is_risky = (first and first in FORMULA) or any(sign in prefix for sign in BREAKS)
    return f"'{text}" if is_risky else text


def visible_part(text):
    """Return a text from its first character that is no space, quote or invisible character."""
    for index, sign in enumerate(text):
        if not (sign.isspace() or sign in QUOTES or unicodedata.category(sign) in {"Cf", "Cc", "Pi", "Pf"}):
            return text[index:]
    return ""


def to_local_time(moment):
    """Return a moment by the site's clock, without its zone: spreadsheets know none."""
    return timezone.make_naive(moment)


class SafeExportMixin(SpreadsheetExportMixin):
    """Wagtail's exports with neutralised texts and moments by the site's clock."""

    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        datetime.datetime: {
            SpreadsheetExportMixin.FORMAT_XLSX: to_local_time,
            SpreadsheetExportMixin.FORMAT_CSV: lambda moment: to_local_time(moment).isoformat(" ", "seconds"),
        },
    }

    def preprocess_field_value(self, field, value, export_format):
        processed = super().preprocess_field_value(field, value, export_format)
        return neutralise(processed) if isinstance(processed, str) else processed

    def stream_csv(self, queryset):
        """Write all rows at once: sent while they are made, they would no longer be in the language of the admin."""
        return iter(list(self.csv_rows(queryset)))

    def csv_rows(self, queryset):
        """Yield the rows of a CSV file as bytes, that of the headings first."""
        writer = csv.DictWriter(Echo(), fieldnames=self.list_export, delimiter=SEPARATOR)
        yield BOM_UTF8 + writer.writerow({field: self.get_heading(queryset, field) for field in self.list_export})
        for item in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(item))
