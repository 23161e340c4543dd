"""Writes what translators edited in the admin into PO files, for the repository."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from interface_strings.export import export, strings_of_packages


class Command(BaseCommand):
    help = "Writes what was edited in the admin into the catalogues of a checkout."

    def add_arguments(self, parser):
        parser.add_argument("--to", default=str(settings.BASE_DIR), help="the checkout; by default this one")

    def handle(self, *args, to, **options):
        files = export()
        for file in files:
            target = Path(to) / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.text, encoding="utf-8")
            self.stdout.write(f"{file.path}: {file.number} edited.")
        if not files:
            self.stdout.write("Nothing was edited.")
        packages = strings_of_packages()
        if packages:
            self.stdout.write("Of packages, and to be named in newsroom/wagtail_strings.py:")
        for string in packages:
            self.stdout.write(f"    {call_of(string)},")


def call_of(string):
    """Return the call by which the code names a string of a package."""
    context = [string.context] if string.context else []
    name = ("np" if context else "n") + "gettext_lazy" if string.plural else "pgettext_lazy" if context else "gettext_noop"
    arguments = ", ".join(json.dumps(text, ensure_ascii=False) for text in [*context, *string.sources])
    return f"{name}({arguments})"
