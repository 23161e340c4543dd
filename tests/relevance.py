"""What readers look for in the starting content, and the page that they expect first: (language, question, key of its file).

A misspelt word counts as found where the suggestion leads to the page.
"""

from pathlib import Path

import yaml

QUERIES = [
    # Inflections
    ("nl", "werkzoekende", "youth-guarantee"),
    ("nl", "netwerk", "networks"),
    ("nl", "mandaat", "mandates"),
    ("nl", "samenwerkingsakkoord", "agreements"),
    ("fr", "réseau", "networks"),
    ("fr", "mandat", "mandates"),
    ("fr", "accord de coopération", "agreements"),
    ("fr", "jeunes", "youth-guarantee"),
    ("en", "mandate", "mandates"),
    ("en", "networking", "networks"),
    ("en", "cooperation agreement", "agreements"),
    ("en", "cookie", "privacy"),
    # Accents left out or added, and typography
    ("nl", "cookiës", "privacy"),
    ("fr", "reseaux", "networks"),
    ("fr", "declaration d'accessibilite", "accessibility"),
    ("fr", "Pacte territorial pour l'emploi", "territorial-pact"),
    ("fr", "pacte territorial pour l’emploi", "territorial-pact"),
    ("fr", "europeen", "esf"),
    # Abbreviations of every language
    ("nl", "AMSEP", "wapes"),
    ("nl", "ESF", "esf"),
    ("nl", "FSE", "esf"),
    ("nl", "ESF+", "esf"),
    ("nl", "SPE", "pes-network"),
    ("nl", "ODA", "pes-network"),
    ("fr", "WAPES", "wapes"),
    ("fr", "AMSEP", "wapes"),
    ("fr", "ESF", "esf"),
    ("fr", "FSE+", "esf"),
    ("fr", "ODA", "pes-network"),
    ("fr", "SPE", "pes-network"),
    ("en", "AMSEP", "wapes"),
    ("en", "FSE", "esf"),
    ("en", "ESF Plus", "esf"),
    ("en", "PES", "pes-network"),
    ("en", "ODA", "pes-network"),
    ("en", "SPE", "pes-network"),
    # Misspellings
    ("nl", "jongerengarentie", "youth-guarantee"),
    ("nl", "soceux", "socieux-plus"),
    ("nl", "toegankelijkheidverklaring", "accessibility"),
    ("fr", "garanti pour la jeunnesse", "youth-guarantee"),
    ("fr", "acessibilité", "accessibility"),
    ("en", "yuoth guarantee", "youth-guarantee"),
    ("en", "accessability", "accessibility"),
    ("en", "waeps", "wapes"),
    # Names
    ("nl", "Fons Leroy", "pes-network"),
    ("nl", "view.brussels", "view-brussels"),
    ("nl", "Enabel", "enabel"),
    ("nl", "Socieux+", "socieux-plus"),
    ("fr", "Fons Leroy", "pes-network"),
    ("fr", "Enabel", "enabel"),
    ("fr", "view brussels", "view-brussels"),
    ("en", "Johannes Kopf", "pes-network"),
    ("en", "socieux", "socieux-plus"),
    ("en", "EURES", "eures"),
    # Figures
    ("nl", "573/2014/EU", "pes-network"),
    ("fr", "573/2014/UE", "pes-network"),
    ("en", "2020/1782", "pes-network"),
    ("nl", "0800 35 123", "contact"),
    ("nl", "155 landen", "socieux-plus"),
    ("nl", "onder de 30", "youth-guarantee"),
    ("fr", "155 pays", "socieux-plus"),
    ("en", "18 local offices", "about"),
    ("en", "1994", "eures"),
    # As people ask
    ("nl", "vacatures in het buitenland", "eures"),
    ("nl", "gratis bellen", "contact"),
    ("fr", "travailler à l’étranger", "eures"),
    ("fr", "vie privée", "privacy"),
    ("en", "work abroad", "eures"),
    ("en", "labour market figures", "view-brussels"),
    # Phrases, beginnings, exclusions
    ("nl", '"Europees Sociaal Fonds"', "esf"),
    ("nl", "jonger*", "youth-guarantee"),
    ("nl", "netwerk -vacatures", "networks"),
    ("fr", "« Fonds social européen »", "esf"),
    ("fr", "access*", "accessibility"),
    ("en", "“European Social Fund”", "esf"),
    ("en", "access*", "accessibility"),
    ("en", "guarantee -worldwide", "youth-guarantee"),
    # Words of another language
    ("nl", "Youth Guarantee", "youth-guarantee"),
    ("nl", "Fonds social européen", "esf"),
    ("fr", "jongerengarantie", "youth-guarantee"),
    ("fr", "Territoriaal pact", "territorial-pact"),
    ("en", "werkgelegenheid", "territorial-pact"),
    ("en", "glossaire", "glossary"),
]

# What citizens ask, by language and kind, as (key, question).
QUESTIONS = {
    code: {kind: [pair for entry in some for pair in entry.items()] for kind, some in kinds.items()}
    for code, kinds in yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text()).items()
}
