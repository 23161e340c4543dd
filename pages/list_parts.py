"""Lists that are too long for one page: the first part stands at the page's own address, each further one below it. Pure."""

import re
from dataclasses import dataclass

WORDS = {"nl": "pagina", "fr": "page", "en": "page"}  # no slug below a list may be one of these, a hyphen and a number
PARAMETER = "page"  # by which parts were asked for, and still are where a draft is shown
NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list: its number, and how many there are in each language, one at least."""

    number: int
    totals: dict

    def paths(self, list_paths):
        """Return the paths of this part in the languages that have so many, given those of the list."""
        return {code: path for code, path in self.nearest_paths(list_paths).items() if self.number <= self.totals[code]}

    def nearest_paths(self, list_paths):
        """Return the paths of this part or, in a language that has fewer, of its last one, given those of the list."""
        return {code: part_path(code, path, min(self.number, self.totals[code])) for code, path in list_paths.items()}


def part_path(language, list_path, number):
    """Return the path of a part: "/nl/onze-mandaten/pagina-2/"; that of the list itself for the first."""
    return list_path if number == 1 else f"{list_path}{WORDS[language]}-{number}/"


def split_part(language, address):
    """Return the address of the list and the number of the part that an address stands for, None where for none."""
    list_address, _slash, step = address.rpartition("/")
    return (list_address, part_number(language, step)) if list_address and is_part(language, step) else None


def is_part(language, slug):
    """Say whether a slug is the last step of the address of a part: "pagina-2"."""
    return part_number(language, slug) is not None


def part_number(language, slug):
    word, _hyphen, number = slug.rpartition("-")
    return number_of(number) if word and word == WORDS.get(language) else None


def number_of(text):
    """Return the number of a part, None for what is none."""
    return int(text) if NUMBER.fullmatch(text) else None


def count_parts(number, size):
    """Return how many parts so many pages make, of `size` each: one at least."""
    return max(1, -(-number // size))
