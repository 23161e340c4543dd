"""The site's font, cut from Figtree: the letters of our languages, the weights we use, in at most 12 KB.

`python -m deploy.font` reads the variable font from the npm package @fontsource-variable/figtree and writes
`static/fonts/figtree.woff2`; the licence (SIL Open Font License 1.1) lies beside it. Letters that are left out, such as those
of Polish names, are shown in the reader's own font.
"""

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCE = CHECKOUT / "node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2"
TARGET = CHECKOUT / "static/fonts/figtree.woff2"
WEIGHTS = (400, 800)
ASCII = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in "\\^`{|}~")
LETTERS = ASCII + "àâäæçèéêëíîïóôöœùúûüÀÂÇÈÉÊËÎÏÔÖŒÛ«»“”‘’–—…€·−\u00a0"
THIN_SPACE, SPACE = 0x202F, 0xA0


def cut_font(source=SOURCE):
    """Return the bytes of the cut font in WOFF2."""
    options = Options()
    options.layout_features = ["kern", "ccmp"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]  # the copyright and the licence stay in the file
    font = TTFont(source)
    subsetter = Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    add_thin_space(font)
    return font_bytes(instantiateVariableFont(rewritten_font(font), {"wght": WEIGHTS}))


def add_thin_space(font):
    """Let the space between French thousands be the font's own, a quarter of an em: other fonts' are too thin beside a 1."""
    for table in font["cmap"].tables:
        table.cmap[THIN_SPACE] = table.cmap[SPACE]


def rewritten_font(font):
    """Return the font as it is once written: the instancer wants tables that nobody else has begun to read."""
    return TTFont(BytesIO(font_bytes(font, flavor=None)))


def font_bytes(font, flavor="woff2"):
    """Return the bytes of a font; without a time stamp, so that the same source makes the same file."""
    font.flavor = flavor
    font.recalcTimestamp = False
    output = BytesIO()
    font.save(output)
    return output.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(cut_font())
    print(f"{TARGET.relative_to(CHECKOUT)}: {TARGET.stat().st_size:,} bytes")
