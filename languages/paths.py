"""Paths of the site: the language is their first step."""


def path_of(language, address):
    """Return the path of an address: "/nl/onze-netwerken/eures/"."""
    return f"/{language}/{address}/" if address else f"/{language}/"


def split_path(path):
    """Return the language and the address of a path: ("nl", "onze-netwerken/eures"). The first step may be no language."""
    language, _slash, address = path.strip("/").partition("/")
    return language, address
