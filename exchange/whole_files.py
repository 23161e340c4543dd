"""Files that hold all of something: the glossary, the memory. They go out as a download, and come in by a form."""

from django.core.exceptions import ValidationError
from django.core.files.temp import NamedTemporaryFile
from django.http import FileResponse
from django.utils.timezone import localdate

from exchange.formats.errors import FormatError


def read_whole(items, empty):
    """Return a list of what is read of a file. Raises ValidationError, with the sentence for `empty` where it holds nothing."""
    try:
        read = list(items)
        if not read:
            raise FormatError(empty)
    except FormatError as error:
        raise ValidationError(str(error.sentence)) from error
    return read


def answer_with_file(write, suffix, content_type):
    """Answer with what `write` writes into a binary file, named after this day."""
    file = NamedTemporaryFile()  # the answer closes it, which deletes it
    write(file)
    file.seek(0)
    name = f"actiris-{localdate().isoformat()}.{suffix}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
