"""Takes the pictures and writes down their sizes, and what is to be read in them."""

import argparse
import json

from guide.pictures import LIST, all_pictures
from languages.codes import LANGUAGES
from tests.guide_pictures.camera import launch_browser, prepared_site, scenes_in
from tests.guide_pictures.scenes import SCENES


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.guide_pictures", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*SCENES, []], help="pictures to take, all unless some are named")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only the pictures in this language")
    options = parser.parse_args(arguments)
    names = options.names or list(SCENES)
    pictures = {code: dict(all_pictures().get(code, {})) for code in LANGUAGES}
    with prepared_site() as site, launch_browser() as browser:
        for language in options.language or LANGUAGES:
            for name, shot in scenes_in(browser, site, language, names):
                pictures[language][name] = shot.save(language, name)
                write(pictures)
                print(f"{language}/{name}", flush=True)


def write(pictures):
    """Write the list of pictures, without those of scenes that are gone."""
    kept = {code: {name: pictures[code][name] for name in SCENES if name in pictures[code]} for code in LANGUAGES}
    LIST.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
