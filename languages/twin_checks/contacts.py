"""Telephone numbers, mail and web addresses in a text, as what is the same in every language."""

import re
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import urlsplit

from languages.codes import LANGUAGES

# None of them looks twice at the signs of a long run without a space: they begin where it begins, and never go back.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
WEB = re.compile(r"https?://[^\s<>\"“”«»()]+[^\s<>\"“”«»().,;:!?]|\bwww\.[\w.-]+\w(?:/[^\s<>\"()]*[^\s<>\"().,;:!?])?")
HOST = re.compile(
    r"(?<![\w@/.-])(?:[a-z0-9-]+\.)+(?:be|brussels|eu|org|com|net|int|gov|vlaanderen|gent|fr|nl)\b(?:/[\w/%.-]*\w/?)?"
)
MARK = "[ \u00a0\u202f./()-]{1,3}"
PHONE = re.compile(
    r"(?<![\w+/.-])(?<!\d[ \u00a0\u202f])"  # no part of "1 000 000 000"
    rf"(?:(?:\+|00)\d{{1,3}}(?:{MARK}\d{{1,4}}){{2,6}}|(?:\+|00)\d{{9,12}}|0\d{{1,3}}(?:{MARK}\d{{2,3}}){{2,4}}|0\d{{8,9}})"
    r"(?![\d/])"
)
COUNTRY = re.compile(r"(?:\+|00)32(?:[^\d]*\(0\))?[^\d]*0?")
CODE = re.compile(rf"(?<![a-z])(?:{'|'.join(LANGUAGES)})(?![a-z])")
# Sites that have a name of their own in each language.
ALIKE = [
    {"rva.be", "onem.be"},
    {"rsz.be", "onss.be", "nsso.be"},
    {"rsvz.be", "inasti.be"},
    {"riziv.fgov.be", "inami.fgov.be", "nihdi.fgov.be"},
    {"sfpd.fgov.be", "fpd.be", "pensioen.be", "pension.be"},
    {"belgium.be", "belgie.be", "belgique.be"},
    {"werk.belgie.be", "emploi.belgique.be", "employment.belgium.be"},
    {"gegevensbeschermingsautoriteit.be", "autoriteprotectiondonnees.be", "dataprotectionauthority.be"},
    {"ombudsman.brussels", "federaalombudsman.be", "mediateurfederal.be", "federalombudsman.be"},
    {"ejustice.just.fgov.be"},
    {"werk-economie-emploi.brussels", "economie-emploi.brussels", "economy-employment.brussels"},
    {"brussel.be", "bruxelles.be", "brussels.be"},
    {"vgc.be", "cocof.be", "ccf.brussels"},
    {"socialsecurity.be", "socialezekerheid.be", "securitesociale.be"},
    {"mijnburgerprofiel.be", "monprofil.be"},
    {"statbel.fgov.be"},
]
NAMES = {host: min(names) for names in ALIKE for host in names}
# Mailboxes that are called by a word of each language.
MAILBOXES = [
    {"klachten", "plaintes", "complaints"},
    {"klacht", "plainte", "complaint"},
    {"pers", "presse", "press"},
    {"vacatures", "emplois", "jobs"},
    {"onthaal", "accueil", "reception", "welcome"},
    {"toegankelijkheid", "accessibilite", "accessibility"},
    {"werkgevers", "employeurs", "employers"},
    {"communicatie", "communication"},
    {"vertaling", "traduction", "translation"},
]
WORDS_OF_MAILBOXES = {word: min(words) for words in MAILBOXES for word in words}


@lru_cache(maxsize=1_000)
def phones(text):
    """Return `{number: as it is written}`; Belgian numbers stand without the country, however it is written. Read only."""
    found = {}
    for match in PHONE.finditer(text):
        domestic = COUNTRY.sub("0", match[0], count=1) if COUNTRY.match(match[0]) else match[0]
        found.setdefault(re.sub(r"\D", "", domestic), match[0])
    return MappingProxyType(found)


@lru_cache(maxsize=1_000)
def mails(text):
    """Return `{address without its language: as it is written}`. Read only."""
    return MappingProxyType({mailbox_of(match[0].lower()): match[0] for match in MAIL.finditer(text)})


def mailbox_of(address):
    name, _at, host = address.partition("@")
    return f"{CODE.sub('', WORDS_OF_MAILBOXES.get(name, name))}@{site_of(host)}"


@lru_cache(maxsize=1_000)
def web_addresses(text):
    """Return the web addresses of a text as they are written."""
    return tuple(match[0] for match in WEB.finditer(text))


@lru_cache(maxsize=1_000)
def names_of_sites(text):
    """Return the sites that a text calls by name alone: "actiris.brussels"."""
    return tuple(match[0] for match in HOST.finditer(WEB.sub(" ", MAIL.sub(" ", text))))


def without_language(target):
    """Return where a link leads without what it says of a language; what is a page of ours has none."""
    if not isinstance(target, str):
        return target
    address = target.lower()
    return mailbox_of(address.removeprefix("mailto:")) if address.startswith("mailto:") else CODE.sub("", address)


def site_of(url):
    """Return the site that an address leads to, the same in every language in which it has one; "" for what is none."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "") if parts.scheme in ("", "http", "https") else ""
    except ValueError:
        return ""
    steps = [step for step in host.lower().removeprefix("www.").split(".") if step not in LANGUAGES]
    return NAMES.get(".".join(steps), ".".join(steps))


@lru_cache(maxsize=1_000)
def without_contacts(text):
    """Return a text without what is no word and no number in it, as long as it was."""
    for pattern in (MAIL, WEB, PHONE):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return HOST.sub(lambda match: " " * len(match[0]), text)
