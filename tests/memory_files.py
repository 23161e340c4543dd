"""Translation memories as files that others write."""

import io

from exchange.formats import tmx

LANGUAGES = ("nl", "fr", "en")
HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="nl" datatype="{}"/>'
)


def as_tmx(*units):
    file = io.BytesIO()
    tmx.write(units, file)
    return file.getvalue()


def read(data, **limits):
    return list(tmx.read(io.BytesIO(data), LANGUAGES, **limits))


def foreign(body, datatype="plaintext", start='<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'):
    return f'{start}<tmx version="1.4">{HEADER.format(datatype)}<body>{body}</body></tmx>'.encode()


def tuv(language, seg):
    return f'<tuv xml:lang="{language}"><seg>{seg}</seg></tuv>'


TWO = f"<tu>{tuv('nl', 'a')}{tuv('fr', 'b')}</tu>"
