"""Paths of the site: the language is their first step."""


def path_of(language, address):
    """Return the path of an address: "/nl/onze-netwerken/eures/"."""
    return f"/{language}/{address}/" if address else f"/{language}/"
