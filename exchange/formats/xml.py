"""XML as a stream: written element by element, read event by event, so that memory does not grow with the file."""

import io
from contextlib import contextmanager

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.xmlutils import SimplerXMLGenerator

from exchange.formats.errors import FormatError
from exchange.formats.markup import clean

MAX_DEPTH = 100
ENDS_TOO_EARLY = {3, 5, 6, 20}  # of expat: no element, unclosed token, part of a character, unclosed CDATA section


class Writer:
    """Writes XML to a binary file in UTF-8."""

    def __init__(self, file):
        self.generator = SimplerXMLGenerator(file, "utf-8", short_empty_elements=True)
        self.generator.startDocument()

    @contextmanager
    def element(self, name, attributes=None):
        """Write an element around what is written within. Attributes that are None are left out."""
        self.open(name, attributes)
        yield
        self.close(name)

    def open(self, name, attributes=None):
        self.generator.startElement(name, {key: str(value) for key, value in (attributes or {}).items() if value is not None})

    def close(self, name):
        self.generator.endElement(name)

    def text(self, text):
        self.generator.characters(text)

    def leaf(self, name, text="", attributes=None):
        """Write an element that holds a text for people, or nothing."""
        with self.element(name, attributes):
            if text:
                self.text(clean(text))

    def end_line(self):
        self.generator.ignorableWhitespace("\n")


class LimitedFile(io.RawIOBase):
    """A binary file that raises `FormatError` when more than `limit` bytes are read; None is no limit."""

    def __init__(self, file, limit):
        self.file, self.limit, self.count = file, limit, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self.file.read(len(buffer))
        self.count += len(data)
        if self.limit is not None and self.count > self.limit:
            raise FormatError("too_large")
        buffer[: len(data)] = data
        return len(data)


def events(file, with_doctype=False):
    """Yield ("start" or "end", element, its parents) of XML, whose elements stay until somebody forgets them.

    Document types and entities are refused (XML 1.0, 2.8), as is what stands too deep. Raises `FormatError`. `with_doctype`
    lets a document type be named, as most programs do in TMX: nobody looks at what it names, and entities are refused as ever.
    """
    parents = []
    begun = False
    try:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=not with_doctype):
            begun = True
            if event == "end":
                parents.pop()
            yield event, element, parents
            if event == "start":
                parents.append(element)
                if len(parents) > MAX_DEPTH:
                    raise FormatError("too_deep")
    except ParseError as error:
        code = "cut_off" if begun and error.code in ENDS_TOO_EARLY else "not_xml"
        raise FormatError(code, line=error.position[0]) from error
    except DefusedXmlException as error:
        raise FormatError("entities") from error
    except (LookupError, UnicodeError, ValueError) as error:  # an encoding that is unknown, or false
        raise FormatError("not_xml") from error


def forget(element, parents):
    """Let go of an element that has been read, and of its place in its parent."""
    element.clear()
    if parents:
        parents[-1].remove(element)


def split_name(element):
    """Return the namespace ("" for none) and the local name of an element."""
    namespace, _, name = element.tag.rpartition("}")
    return namespace[1:], name


def local(element):
    """Return the local name of an element."""
    return split_name(element)[1]


def children(element, *names):
    """Return the children with one of these local names, in their order."""
    return [child for child in element if local(child) in names]


def child(element, name):
    """Return the first child with that local name, or None."""
    return next(iter(children(element, name)), None)
