"""What is meant to be otherwise after the upgrade, each with its reason. Everything else must be as it was."""

# Patterns of paths of pages -> why they read otherwise.
PAGES = {
    "/??/*/*/": "topics stand in the order of need, and open with three plain sentences",
    "/??/": "the diagram of relations is lists with a row for each relation",
    "*/accessibility-statement/": "the statement names the standard, what does not meet it, and the ombudsman",
    "*/declaration-d-accessibilite/": "likewise",
    "*/toegankelijkheidsverklaring/": "likewise",
    "*/enabel/": "a link to a page in Dutch says so",
    "*/privacy-and-cookies/": "it says how long sessions and failed logins of staff are kept",
    "*/vie-privee-et-cookies/": "likewise",
    "*/privacy-en-cookies/": "likewise",
    "*/socieux-plus/": "the source of figures is named as what it is, and what the country asks for in plainer words",
    "*/european-social-fund/": "ESF+ unites four funds and programmes, not five (Regulation (EU) 2021/1057)",
    "*/europees-sociaal-fonds/": "likewise",
    "*/fonds-social-europeen/": "likewise",
    "*/glossaire/": "the name of the ILO is written as it writes itself",
    "*/begrippenlijst/": "likewise",
    "*/glossary/": "likewise",
    "*/europese-diensten/": "sentences on terms of office end with the office, as Dutch does",
    "*/jongerengarantie/": "the text of a photograph and dates are said in plainer words",
    "*/garantie-pour-la-jeunesse/": "likewise",
    "*/samenwerkingsakkoorden/": "a mandate is called what the glossary calls it",
    "*/wettelijke-vermeldingen/": "it promises no date that is not known",
    "*/a-propos-d-actiris/": "it says what kind of support the service had",
    "*/our-mandates/youth-guarantee/": "no figure says any more that it has no second source",
    "*/our-networks/pes-network/": "likewise",
    "*/nos-reseaux/reseau-europeen-spe/": "likewise",
    "*/territorial-employment-pact/": "no heading stands above related pages that are all offline",
    "*/pacte-territorial-pour-l-emploi/": "likewise",
    "*/territoriaal-pact-voor-de-werkgelegenheid/": "likewise",
}
# Patterns such as "Editors: collections choose_*" -> why the group may do it now, or no longer may.
RIGHTS = {  # of the three groups that the site brings along; E, P and T are their first letters
    "[EPT]*: pages * [13]": "rights on pages begin at the home page, not above it",
    "[EPT]*: collections *": "Wagtail asks for rights on pictures and documents by the names of its own models",
    "Publishers: everywhere assets.delete_site*": "publishers delete pictures and documents that nothing shows",
    "[EPT]*: everywhere notices.*_notice": "all of them write notices over the whole site, and publishers put them on",
}
