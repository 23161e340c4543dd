"""Where links lead: to another site than those of the twin, or to a page in another language."""

from languages.codes import OFFICIAL
from languages.link_language import language_of_url
from languages.twin_checks.contacts import mails, names_of_sites, phones, site_of, web_addresses


def links_of(reading, kind):
    """Return the web addresses of a text, those that it says and those to which it leads."""
    if kind == "url":
        return [reading.text] if reading.text else []
    targets = [target for target in reading.targets if isinstance(target, str) and target.startswith("http")]
    return list(dict.fromkeys([*targets, *web_addresses(reading.text)]))


def other_addresses(first, second, kind):
    """Return which sites, mail addresses and pages of ours the one text has and the other lacks, as two tuples of words."""
    sides = [addresses_of(reading, kind) for reading in (first, second)]
    named = [{("site", site_of(name)): name for name in names_of_sites(reading.text)} for reading in (first, second)]
    there = [sides[1 - number].keys() | named[1 - number].keys() for number in (0, 1)]
    lost, rivals = (
        [{name: words for name, words in one[number].items() if name not in there[number]} for number in (0, 1)]
        for one in (sides, named)  # the name of a site asks for no twin, unless that one names another
    )
    if all(lost[number] or rivals[number] for number in (0, 1)):
        lost = [lost[number] | rivals[number] for number in (0, 1)]
    return tuple(tuple(dict.fromkeys(one.values())) for one in lost)


def addresses_of(reading, kind):
    """Return `{what is the same in every language: as it is written}`."""
    found = {("site", site): url for url in links_of(reading, kind) if (site := site_of(url))}
    found |= {("mail", mail): words for mail, words in mails(reading.text).items()}
    found |= {("mail", mail): words for href in schemes(reading, "mailto:") for mail, words in mails(href).items()}
    return found


def other_phones(first, second):
    """Return the telephone numbers that one text has and the other lacks, as two tuples of words."""
    sides = [
        phones(" \n ".join([*(one.removeprefix("tel:") for one in schemes(reading, "tel:")), reading.text]))
        for reading in (first, second)
    ]
    return tuple(tuple(words for name, words in one.items() if name not in other) for one, other in (sides, reversed(sides)))


def schemes(reading, scheme):
    return [target for target in reading.targets if isinstance(target, str) and target.startswith(scheme)]


def foreign_links(language, reading, twins, kind, own_sites):
    """Return the links of a text that lead to a page in another language although there is one in its own.

    That is so on the sites in `own_sites`, and where it shares an address with its twin in that official language. What exists
    in English only is linked from everywhere, and who offers a site in both official languages leaves the choice to readers.
    """
    found = []
    links = [(url, language_of_url(url)) for url in links_of(reading, kind)]
    offered = {(site_of(url), there) for url, there in links}
    shared = {code: set(links_of(twin, kind)) for code, twin in twins.items() if code in OFFICIAL} if links else {}
    for url, there in links:
        if not there or there == language or all((site_of(url), code) in offered for code in OFFICIAL):
            continue
        if url in shared.get(there, ()) or site_of(url) in own_sites:
            found.append(url)
    return tuple(found)
