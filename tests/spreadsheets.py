"""Reading what staff export."""

import csv
import io
from codecs import BOM_UTF8


def csv_rows(response):
    """Return the rows of a CSV file as a spreadsheet reads it that is set to Dutch or French as in Belgium."""
    data = response.getvalue()
    assert data.startswith(BOM_UTF8)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
