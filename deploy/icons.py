"""Draws the site's icons and the cards that are shown where somebody shares a page: `python -m deploy.icons`.

Everything comes from the three rings that meet and from the illustrations of topics, in the colours of `tokens.css` and the
site's own font. What is drawn is committed under `static/img/`, so that the site needs none of this to run; draw anew when
colours, font or illustrations change.
"""

import io
import re
from pathlib import Path

import resvg_py
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
ILLUSTRATIONS = ROOT / "templates" / "illustrations"
FONT = ROOT / "static" / "fonts" / "figtree.woff2"
NAME = "Actiris"
# On a ground of 32 by 32: the centre of each ring, and the role of its colour.
RINGS = (((12.5, 19.5), "brand-ink"), ((19.5, 19.5), "strong dark"), ((16.0, 13.0), "brand-accent"))
MIDDLE, RADIUS, STROKE = (16.0, 16.25), 6.2, 2.6
FINER = 4  # drawn so much larger, then made smaller: that is what smooths the edges
CARD = (1200, 630)
COLOURS = 32  # enough for flat colours with smooth edges


def colours():
    """Return the colours by role from the style sheet; " dark" is added to the role for those of the dark scheme."""
    light, dark = (ROOT / "static/css/parts/tokens.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark", 1)
    pairs = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b")
    return dict(pairs.findall(light)) | {f"{role} dark": colour for role, colour in pairs.findall(dark)}


def draw_rings(image, centre, scale):
    """Draw the rings around `centre`, in pixels; one unit of their ground is `scale` pixels."""
    pen, by_role = ImageDraw.Draw(image), colours()
    for (x, y), role in RINGS:
        middle = (centre[0] + (x - MIDDLE[0]) * scale, centre[1] + (y - MIDDLE[1]) * scale)
        pen.circle(middle, (RADIUS + STROKE / 2) * scale, outline=by_role[role], width=round(STROKE * scale))


def icon(size, corner=0.0, part=1.0):
    """Return an icon of `size` pixels; `corner` rounds its ground, `part` is how much of it the drawing takes up."""
    large = size * FINER
    image = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    ImageDraw.Draw(image).rounded_rectangle((0, 0, large - 1, large - 1), corner * large, fill=colours()["brand"])
    draw_rings(image, (large / 2, large / 2), large / 32 * part)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def wordmark(size):
    """Return the font of the wordmark, `size` pixels high, at its heaviest."""
    font, plain = TTFont(FONT), io.BytesIO()
    font.flavor = None
    font.save(plain)
    heaviest = ImageFont.truetype(io.BytesIO(plain.getvalue()), size)
    heaviest.set_variation_by_axes([next(axis.maxValue for axis in font["fvar"].axes if axis.axisTag == "wght")])
    return heaviest


def card(illustration=None):
    """Return the card: the wordmark, and rings or an illustration, on the ground of the brand; without any word."""
    width, height = (side * 2 for side in CARD)
    image = Image.new("RGB", (width, height), colours()["brand"])
    if illustration:
        drawing = rasterise(illustration, round(height * 0.62))
        image.paste(drawing, (round(width * 0.73 - drawing.width / 2), round((height - drawing.height) / 2)), drawing)
    else:
        draw_rings(image, (width * 0.73, height * 0.5), height / 28)
    ImageDraw.Draw(image).text(
        (width * 0.075, height * 0.5), NAME, colours()["brand-ink"], wordmark(round(height * 0.24)), anchor="lm"
    )
    return image.resize(CARD, Image.Resampling.LANCZOS)


def rasterise(path, size):
    """Return an illustration as a picture without a ground, `size` pixels high, in the colours of the brand."""
    by_role = colours()
    classes = {
        ".art": f"fill:none;stroke:{by_role['brand-ink']};stroke-width:2;stroke-linecap:round;stroke-linejoin:round",
        ".f": f"fill:{by_role['brand-line']}",
        ".o": f"stroke:{by_role['brand-accent']}",
        ".d": f"fill:{by_role['brand-accent']};stroke:none",
        ".k": f"fill:{by_role['brand-ink']};stroke:none",
    }
    style = "".join(f"{name}{{{rules}}}" for name, rules in classes.items())
    drawing = path.read_text(encoding="utf-8").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=drawing, style_sheet=style, width=size, height=size)))


def svg():
    """Return the icon as SVG; where the browser itself is dark, a light ground keeps it from drowning in the tab."""
    by_role = colours()
    darker = dict(zip((role for _centre, role in RINGS), ("brand", "link", "link-hover"), strict=True))
    rings = "".join(
        f'<circle class="{name}" cx="{x:g}" cy="{y:g}" r="{RADIUS}" stroke="{by_role[role]}"/>'
        for name, ((x, y), role) in zip("abc", RINGS, strict=True)
    )
    dark = "".join(f".{name}{{stroke:{by_role[darker[role]]}}}" for name, (_centre, role) in zip("abc", RINGS, strict=True))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f"<style>@media(prefers-color-scheme:dark){{.g{{fill:{by_role['strong dark']}}}{dark}}}</style>"
        f'<rect class="g" width="32" height="32" rx="5" fill="{by_role["brand"]}"/>'
        f'<g fill="none" stroke-width="{STROKE}">{rings}</g></svg>\n'
    )


def png(image):
    """Return an image as a small PNG. Metadata would make every run differ."""
    output = io.BytesIO()
    quantized = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE) if image.mode == "RGBA" else image.quantize(COLOURS)
    quantized.save(output, "PNG", optimize=True)
    return output.getvalue()


def ico():
    """Return the icon in the one format, and at the one address, that the oldest programs ask for."""
    output = io.BytesIO()
    sizes = (16, 32, 48)
    images = [icon(size, corner=5 / 32) for size in sizes]
    images[-1].save(output, "ICO", sizes=[(size, size) for size in sizes], append_images=images[:-1])
    return output.getvalue()


def draw_files():
    """Return every file that is drawn: its name below `static/img/`, and its bytes."""
    return {
        "icon.svg": svg().encode(),
        "icon-192.png": png(icon(192, corner=5 / 32)),
        "icon-512.png": png(icon(512, corner=5 / 32)),
        "icon-maskable.png": png(icon(512, part=0.78).convert("RGB")),  # a mask leaves the middle four fifths for sure
        "apple-touch-icon.png": png(icon(180, part=0.9).convert("RGB")),  # rounded by the device itself
        "favicon.ico": ico(),
        "card.png": png(card()),
        **{f"cards/{path.stem}.png": png(card(path)) for path in sorted(ILLUSTRATIONS.glob("*.svg"))},
    }


if __name__ == "__main__":
    for name, content in draw_files().items():
        (IMAGES / name).parent.mkdir(exist_ok=True)
        (IMAGES / name).write_bytes(content)
        print(f"static/img/{name}: {len(content)} bytes")
