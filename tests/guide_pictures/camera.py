"""Serves the site for the pictures of the guide, plays their scenes in a browser, and takes them."""

import io
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from PIL import Image
from playwright.sync_api import sync_playwright

from guide.pictures import FOLDER
from tests.browser.conftest import CHROMIUM, PATIENCE, QUIET, log_in
from tests.browser.serving import environment, serve_site
from tests.databases import address_of, connect, drop_database
from tests.guide_pictures.scenes import SCENES, Stage
from tests.guide_pictures.staging import STAGE, account
from tests.migrated import migrated_database

WIDTH, HEIGHT = 1180, 940
MAX_HEIGHT = 640  # of a picture, in pixels of the style sheet
HEADER = 51  # pixels of the bar at the top, which stays in sight
AROUND = 12  # pixels of the screen around what is framed
SHARPNESS = 1.5  # pixels of the picture for each of the style sheet
QUALITY = 72
# A browser says in its own language, and not in that of the page, that no file was chosen.
UNSAID = "input[type=file], ::file-selector-button { color: transparent !important }"
# What labels, buttons and headings say, on the whole screen and within a frame, whatever stands in the fields.
WORDS = """frame => {
    const said = [...document.querySelectorAll("label, legend, h2, h3, button, summary, th, [role=option], [data-mark]")];
    const words = ones => {
        const texts = ones.map(one => one.innerText.replace(/[*\\s]+/g, " ").trim());
        return [...new Set(texts.filter(text => text && text.length < 60 && !/\\d/.test(text)))].sort();
    };
    const isFramed = one => {
        const { top, bottom, left, right, width } = one.getBoundingClientRect();
        return width > 1 && bottom > frame.top && top < frame.bottom && right > frame.left && left < frame.right;
    };
    return { framed: words(said.filter(isFramed)), all: words(said) };
}"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture that was taken, as a PNG, what labels within it say, and what all labels of that screen say."""

    content: bytes
    words: list
    all_words: list

    def save(self, language, name):
        """Write the picture into the guide; return its entry for the list of pictures."""
        path = FOLDER / language / f"{name}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.open(io.BytesIO(self.content)).convert("RGB")
        picture.save(path, "WEBP", quality=QUALITY, method=6)
        width, height = (round(size / SHARPNESS) for size in picture.size)
        return {"width": width, "height": height, "words": self.words}


@contextmanager
def prepared_site():
    """Serve the site with the starting content and what the scenes need; yield its address."""
    name = f"guide_pictures_{os.getpid()}"
    with connect() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_database()}")
        try:
            command = [sys.executable, "-c", STAGE]
            own = environment(address_of(name))
            subprocess.run(command, cwd=settings.BASE_DIR, env=own, check=True, stdout=subprocess.DEVNULL)
            with serve_site(address_of(name)) as site:
                yield site
        finally:
            drop_database(connection, name)


@contextmanager
def launch_browser():
    """Yield the browser of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def scenes_in(browser, site, language, names):
    """Yield `(name, Shot)` of scenes played in a language of the admin, each role in a context of its own."""
    contexts = {}
    for name in names:
        role, play = SCENES[name]
        if role not in contexts:
            contexts[role] = open_context(browser, site, role, language)
        page = contexts[role].new_page()
        yield name, take(page, play(Stage(page, site, language)))
        page.close()
    for context in contexts.values():
        context.close()


def open_context(browser, site, role, language):
    """Return a context of a browser in which somebody of a role is logged in."""
    size = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(viewport=size, device_scale_factor=SHARPNESS, reduced_motion="reduce", locale=language)
    context.set_default_timeout(PATIENCE)
    log_in(context.new_page(), site, account(role, language)).close()
    return context


def take(page, framed):
    """Take a picture of what is framed, and a little around it, as far as it is in sight."""
    box, screen = framed.bounding_box(), page.locator("main").bounding_box()
    left, top = max(screen["x"], box["x"] - AROUND), max(HEADER, box["y"] - AROUND)
    right = min(WIDTH, box["x"] + box["width"] + AROUND)
    bottom = min(HEIGHT, top + MAX_HEIGHT, box["y"] + box["height"] + AROUND)
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    content = page.screenshot(clip=clip, animations="disabled", caret="hide", style=UNSAID)
    frame = {"left": left, "top": top, "right": right, "bottom": bottom}
    words = page.evaluate(WORDS, frame)
    return Shot(content, words["framed"], words["all"])


def outdated_words(pictures, shots):
    """Return `{name: words}` of pictures with labels that their screens have no more, given today’s `Shot`s by name. Pure."""
    gone = {name: set(pictures[name]["words"]) - set(shot.all_words) for name, shot in shots.items()}
    return {name: words for name, words in gone.items() if words}
