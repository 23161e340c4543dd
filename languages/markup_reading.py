"""Reading rich text, whatever it says: a parser that no text brings down, in time that grows with its length. Pure."""

import re
from html.parser import HTMLParser

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
DECLARATION = re.compile(r"<[!?][^>]*>")


class MarkupReader(HTMLParser):
    """What reads HTML takes this one's `read`.

    Python's own parser raises AssertionError at some declarations, and looks for the end of what has none again and again.
    """

    def __init__(self):
        super().__init__(convert_charrefs=True)

    def read(self, text):
        self.feed(with_tags_alone(text))
        self.close()


def with_tags_alone(text):
    """Return HTML without comments and declarations, which show nothing; a bracket that nothing closes is a sign."""
    text = drop_closed(COMMENT, "-->", text)
    text = drop_closed(DECLARATION, ">", text)
    last = text.rfind(">") + 1
    return text[:last] + text[last:].replace("<", "&lt;")


def drop_closed(pattern, end, text):
    """Return a text without what matches, looked for only as far as something can end there."""
    head, closing, tail = text.rpartition(end)
    return pattern.sub("", head + closing) + tail
