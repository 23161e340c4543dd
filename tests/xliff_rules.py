"""Checks of XLIFF files against the rules of the standards that programs rely on.

The schemas of OASIS come with no package of Python, so the rules that our files could break are written down here: which
elements stand where and in what order, which attributes they need and may have, and which ids may be there twice. They are
those of XLIFF 2.1 (4.2, 4.3, its schema and the rules K6S, K6T, F1, F7, F8 and F9 of its Schematron; modules 5.1, 5.2 and 5.7)
and of XLIFF 1.2 (2.2 to 2.4, its strict schema).
"""

import re

from lxml import etree

NMTOKEN = re.compile(r"[\w.:-]+")
INLINE2, INLINE1 = ["#", "pc", "ph"], ["#", "g", "x"]
# Of each element: the children it may have, in order where a tuple, and its attributes ("!" must be there).
RULES2 = {
    "xliff": (("file",), {"version!", "srcLang!", "trgLang!"}),
    "file": (("slr:profiles", "notes", "unit"), {"id!", "original", "space"}),
    "slr:profiles": ((), {"generalProfile"}),
    "notes": (("note",), set()),
    "note": (["#"], {"category"}),
    "unit": (
        ("mtc:matches", "gls:glossary", "notes", "originalData", "segment"),
        {"id!", "translate", "slr:sizeRestriction"},
    ),
    "mtc:matches": (("mtc:match",), set()),
    "mtc:match": (("source", "target"), {"ref!", "type", "origin"}),
    "gls:glossary": (("gls:glossEntry",), set()),
    "gls:glossEntry": (("gls:term", "gls:translation"), set()),
    "gls:term": (["#"], set()),
    "gls:translation": (["#"], set()),
    "originalData": (("data",), set()),
    "data": (["#", "cp"], {"id!"}),
    "cp": ((), {"hex!"}),
    "segment": (("source", "target"), {"id", "state", "subState"}),
    "source": (INLINE2, set()),
    "target": (INLINE2, set()),
    "pc": (INLINE2, {"id!", "type", "subType", "dataRefStart", "dataRefEnd", "dispStart", "dispEnd"}),
    "ph": ((), {"id!", "type", "subType", "dataRef", "disp", "canCopy"}),
}
RULES1 = {
    "xliff": (("file",), {"version!"}),
    "file": (("header", "body"), {"original!", "source-language!", "datatype!", "target-language", "space"}),
    "header": (["note"], set()),
    "body": (["trans-unit"], set()),
    "trans-unit": (("source", "target", "alt-trans", "note"), {"id!", "translate", "maxwidth", "size-unit", "space"}),
    "alt-trans": (("source", "target"), {"alttranstype"}),
    "note": (["#"], {"from"}),
    "source": (INLINE1, set()),
    "target": (INLINE1, {"state"}),
    "g": (INLINE1, {"id!", "ctype"}),
    "x": ((), {"id!", "ctype", "equiv-text", "clone"}),
}
VALUES = {
    "state": {"initial", "final", "needs-translation", "needs-review-translation"},
    "type": {"fmt", "link", "other", "tm"},
    "translate": {"no"},
    "canCopy": {"no"},
    "clone": {"no"},
}
PREFIXES = {"matches": "mtc:", "glossary": "gls:", "sizerestriction": "slr:"}


def name_of(tag):
    """Return a name with the prefix of its module."""
    qname = etree.QName(tag)
    return next((prefix for word, prefix in PREFIXES.items() if f":{word}:" in (qname.namespace or "")), "") + qname.localname


def faults(data):
    """Return what is wrong with an XLIFF file, as a list of sentences."""
    root = etree.fromstring(data)
    rules = RULES1 if root.get("version") == "1.2" else RULES2
    found = []
    for element in root.iter():
        name = name_of(element.tag)
        if name not in rules:
            found.append(f"{name} is not known")
            continue
        found += child_faults(element, name, rules[name][0]) + attribute_faults(element, name, rules[name][1])
    for unit in root.iter("{*}unit", "{*}trans-unit"):
        found += id_faults(unit)
    ids = [unit.get("id") for unit in root.iter("{*}unit", "{*}trans-unit")]
    return found + ["two units have one id"] * (len(ids) != len(set(ids)))


def child_faults(element, name, allowed):
    """Return what is wrong with the children of an element."""
    names = [name_of(child.tag) for child in element]
    found = [f"{child} stands in {name}" for child in names if child not in allowed]
    if isinstance(allowed, tuple) and not found and names != sorted(names, key=allowed.index):
        found.append(f"the order within {name} is {names}")
    if "#" not in allowed and "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
        found.append(f"there is text in {name}")
    if name in {"segment", "mtc:match", "alt-trans", "trans-unit"} and names.count("source") != 1:
        found.append(f"{name} has no source")
    return found


def attribute_faults(element, name, allowed):
    """Return what is wrong with the attributes of an element."""
    has = {name_of(key): value for key, value in element.attrib.items()}
    found = [f"{name} has no {key[:-1]}" for key in allowed if key.endswith("!") and key[:-1] not in has]
    found += [f"{name} has {key}" for key in has if key not in allowed and f"{key}!" not in allowed]
    found += [f"{key} is {has[key]}" for key in has if key in VALUES and has[key] not in VALUES[key]]
    if "id" in has and not NMTOKEN.fullmatch(has["id"]):
        found.append(f"an id is {has['id']}")
    if ("subType" in has and "type" not in has) or ("subState" in has and "state" not in has):
        found.append(f"{name} has a kind of a kind that is not said")
    return found


def id_faults(unit):
    """Return what is wrong with the ids of codes: each once in a source, and in a target once, of the same element."""
    found = []
    data = {one.get("id") for one in unit.findall("{*}originalData/{*}data")}
    for holder in [unit, *unit.iterfind("{*}segment"), *unit.iterfind("{*}alt-trans"), *unit.iter("{*}match")]:
        sides = [{}, {}]
        for side, name in zip(sides, ("source", "target"), strict=True):
            for code in holder.iterfind(f"{{*}}{name}//*"):
                if code.get("id") in side:
                    found.append(f"the id {code.get('id')} is twice in a {name}")
                side[code.get("id")] = code.tag
                references = {code.get(key) for key in ("dataRef", "dataRefStart", "dataRefEnd")} - {None}
                found += [f"there is no data {reference}" for reference in references - data]
        found += [
            f"the id {one} is another element" for one in sides[0].keys() & sides[1].keys() if sides[0][one] != sides[1][one]
        ]
    return found
