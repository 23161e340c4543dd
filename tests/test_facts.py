"""Nothing of the old page got lost: every fact of it stands on its page, in three languages, and `docs/facts.md` says where.

The lists of a page run side by side: the strings at the same place in `nl`, `fr` and `en` stand for the same fact.
"""

import re

import pytest
from django.conf import settings

from languages.codes import LANGUAGES
from tests.content import page_of

WHERE_FACTS_STAND = settings.BASE_DIR / "docs/facts.md"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

FACTS = {
    # The old page as a whole: three headings, nine topics, and its voice
    "home": {
        "nl": [
            "Onze mandaten", "Onze netwerken", "Samenwerkingsakkoorden",
            "Jongerengarantie", "Europees Sociaal Fonds", "Territoriaal pact voor de werkgelegenheid", "view.brussels",
            "EURES", "PES Network", "WAPES", "Socieux+", "Enabel", "lees je", " we ",
            "krijgt financiële steun van", "gebruikt studies van", "geeft uitvoering aan", "vertegenwoordigd wordt door Forem",
            "heeft als waarnemer Internationale Arbeidsorganisatie", "heeft in zijn consortium Enabel",
        ],
        "fr": [
            "Nos mandats", "Nos réseaux", "Accords de coopération",
            "Garantie pour la jeunesse", "Fonds social européen", "Pacte territorial pour l’emploi", "view.brussels",
            "EURES", "PES Network", "AMSEP (WAPES)", "Socieux+", "Enabel", "Découvrez", " nous ",
            "est soutenue financièrement par", "s’appuie sur des études de", "met en œuvre",
            "au sein de Synerjob, par Le Forem", "a pour observatrice Organisation internationale du Travail",
            "compte dans son consortium Enabel",
        ],
        "en": [
            "Our mandates", "Our networks", "Cooperation agreements",
            "Youth Guarantee", "European Social Fund", "Territorial Employment Pact", "view.brussels",
            "EURES", "PES Network", "WAPES", "Socieux+", "Enabel", "you can read", " we ",
            "receives financial support from", "draws on studies by", "implements", "within Synerjob, by Forem",
            "has as an observer International Labour Organization", "has in its consortium Enabel",
        ],
    },
    "mandates": {
        "nl": ["Jongerengarantie", "Europees Sociaal Fonds", "Territoriaal pact voor de werkgelegenheid", "view.brussels"],
        "fr": ["Garantie pour la jeunesse", "Fonds social européen", "Pacte territorial pour l’emploi", "view.brussels"],
        "en": ["Youth Guarantee", "European Social Fund", "Territorial Employment Pact", "view.brussels"],
    },
    "networks": {
        "nl": ["EURES", "PES Network", "WAPES"],
        "fr": ["EURES", "PES Network", "AMSEP (WAPES)"],
        "en": ["EURES", "PES Network", "WAPES"],
    },
    "agreements": {
        "nl": ["Socieux+", "Enabel"],
        "fr": ["Socieux+", "Enabel"],
        "en": ["Socieux+", "Enabel"],
    },
    "youth-guarantee": {
        "nl": [
            "nationale coördinator voor België",
            "aanbeveling van de Europese Unie", "België heeft zich ertoe verbonden",
            "uit het Europees Sociaal Fonds",
            "in 2013", "1 januari 2014",
            "samen met de werkzoekende", "binnen 6 maanden na de inschrijving", "binnen 4 maanden", "30 oktober 2020",
            "een job", "een stage", "een opleiding", "opnieuw studeren",
            "onder de 30",
            "technisch toezicht",
            "Europese institutionele netwerken", "goede praktijken",
            "vergaderingen van de coördinatoren", "conferenties", "werkgroepen",
            "vragen van de Europese instellingen over de Jongerengarantie", "hun onderlinge samenwerking",
            "verslag uitbrengen",
            "2014–2019", "jongerenwerkloosheid", "zonder onderbreking",
            "Jongerengarantie – Europese Commissie",
            "maart 2019", "Oplossingsgarantie",
        ],
        "fr": [
            "coordinateur national pour la Belgique",
            "recommandation de l’Union européenne", "La Belgique s’est engagée",
            "du Fonds social européen",
            "en 2013", "1er janvier 2014",
            "avec le chercheur d’emploi", "dans les 6 mois qui suivent l’inscription", "dans les 4 mois", "30 octobre 2020",
            "un emploi", "un stage", "une formation", "une reprise d’études",
            "moins de 30 ans",
            "supervision stratégique et technique",
            "réseaux institutionnels européens", "bonnes pratiques",
            "réunions des coordinateurs", "conférences", "groupes de travail",
            "questions des institutions européennes sur la Garantie pour la jeunesse", "leur coopération mutuelle",
            "Faire rapport",
            "2014–2019", "chômage des jeunes", "sans interruption",
            "Garantie pour la jeunesse – Commission européenne",
            "mars 2019", "Garantie Solution",
        ],
        "en": [
            "national coordinator for Belgium",
            "recommendation of the European Union", "Belgium has committed itself",
            "from the European Social Fund",
            "in 2013", "1 January 2014",
            "together with the job seeker", "within 6 months of registration", "within 4 months", "30 October 2020",
            "a job", "a traineeship", "training", "a return to studies",
            "under 30",
            "strategic and technical oversight",
            "European institutional networks", "good practice",
            "meetings of the coordinators", "conferences", "working groups",
            "questions from the EU institutions about the Youth Guarantee", "their cooperation with one another",
            "Report back",
            "2014–2019", "youth unemployment", "continuously",
            "Youth Guarantee – European Commission",
            "March 2019", "Solution Guarantee",
        ],
    },
    "esf": {
        "nl": [
            "beheren het ESF-programma voor het Brussels Hoofdstedelijk Gewest",
            "belangrijkste financiële instrument", "Europese werkgelegenheidsstrategie",
            "2021–2027", "Europees Sociaal Fonds Plus",
            "Duurzame integratie van jongeren", "Toegang tot werk voor iedereen",
            "Actieve inclusie van de meest kwetsbare groepen",
            "personen van buitenlandse afkomst", "vrouwen", "leefloners",
            "drie hoofdprioriteiten", "2014–2020",
        ],
        "fr": [
            "gérons le programme FSE pour la Région de Bruxelles-Capitale",
            "principal instrument financier", "stratégie européenne pour l’emploi",
            "2021–2027", "Fonds social européen plus",
            "intégration durable des jeunes", "accès à l’emploi pour tous",
            "inclusion active des groupes les plus vulnérables",
            "personnes d’origine étrangère", "femmes", "bénéficiaires du revenu d’intégration",
            "trois grandes priorités", "2014–2020",
        ],
        "en": [
            "manage the ESF programme for the Brussels-Capital Region",
            "main financial instrument", "European employment strategy",
            "2021–2027", "European Social Fund Plus",
            "Lasting integration of young people", "Access to employment for all",
            "Active inclusion of the most vulnerable groups",
            "people of foreign origin", "women", "recipients of the living wage (integration income)",
            "three main priorities", "2014–2020",
        ],
    },
    "territorial-pact": {
        "nl": [
            "1998", "juli 1996", "15 juni 1998",
            "historische samenstelling", "Economische en Sociale Raad", "Bruxelles Formation", "VDAB", "Haven van Brussel",
            "De partners komen samen", "problemen van de Brusselse arbeidsmarkt", "oplossingen voorstellen",
            "onder meer", "studies van view.brussels",
            "Europese werkgelegenheidsbeleid", "gewestelijke en lokale niveau",
            "informele plek", "na te denken",
            "1996–2006", "BGDA",
        ],
        "fr": [
            "1998", "juillet 1996", "15 juin 1998",
            "composition historique", "Conseil économique et social", "Bruxelles Formation", "VDAB", "Port de Bruxelles",
            "Les partenaires se réunissent", "problèmes du marché de l’emploi bruxellois", "proposer des solutions",
            "notamment", "études de view.brussels",
            "politique européenne de l’emploi", "niveau régional et local",
            "lieu informel", "échange et de réflexion",
            "1996 à 2006", "ORBEM",
        ],
        "en": [
            "1998", "July 1996", "15 June 1998",
            "historical composition", "Economic and Social Council", "Bruxelles Formation", "VDAB", "Port of Brussels",
            "The partners meet", "problems of the Brussels labour market", "suggest solutions",
            "among other", "studies of view.brussels",
            "European employment policy", "regional and local level",
            "informal forum", "exchange and reflection",
            "1996–2006", "ORBEM",
        ],
    },
    "view-brussels": {
        "nl": [
            "Brussels observatorium voor werk en opleiding",
            "Brusselse arbeidsmarkt analyseren", "behoeften", "impact van het Brusselse werk- en opleidingsbeleid",
            "beleidsmakers en andere betrokkenen bij dat beleid", "Aanbevelingen doen over werk en opleiding",
            "Ontdek view.brussels",
            "Actiris en Bruxelles Formation",
        ],
        "fr": [
            "Observatoire bruxellois de l’Emploi et de la Formation",
            "Analyser le marché de l’emploi bruxellois", "besoins",
            "impact de la politique bruxelloise d’emploi et de formation",
            "décideurs et les acteurs de cette politique", "recommandations en matière d’emploi et de formation",
            "Découvrir view.brussels",
            "Actiris et à Bruxelles Formation",
        ],
        "en": [
            "Brussels Observatory for Employment and Training",
            "Analyse the Brussels labour market", "needs", "impact of Brussels employment and training policy",
            "policymakers and others involved in that policy", "recommendations on employment and training",
            "Discover view.brussels",
            "Actiris and Bruxelles Formation",
        ],
    },
    "eures": {
        "nl": [
            "vrije verkeer van werknemers",
            "31 landen", "niet 32",
            "mobiliteit", "werkervaring willen opdoen in het buitenland", "Werkgevers helpen die Europees personeel zoeken",
            "1993", "1994",
        ],
        "fr": [
            "libre circulation des travailleurs",
            "31 pays", "non 32",
            "mobilité", "expérience professionnelle à l’étranger", "Aider les employeurs à la recherche de personnel européen",
            "1993", "1994",
        ],
        "en": [
            "free movement of workers",
            "31 countries", "not 32",
            "mobility", "work experience abroad", "Help employers looking for European staff",
            "1993", "1994",
        ],
    },
    "pes-network": {
        "nl": [
            "Europees netwerk van openbare diensten voor arbeidsvoorziening",
            "2014", "besluit van het Europees Parlement en de Raad", "niet de Europese Raad", "573/2014/EU",
            "beter laten samenwerken",
            "27 landen van de Europese Unie", "Noorwegen", "IJsland", "Europese Commissie",
            "Actiris", "VDAB", "Forem", "Arbeitsamt der Deutschsprachigen Gemeinschaft (ADG)",
            "8 juni 2023", "Caroline Mancel", "adjunct-directeur-generaal van Actiris", "vertegenwoordiger", "voorzitter",
            "juli 2023", "juni 2025", "Spiros Protopsaltis",
            "moderniseren", "mee te evolueren met de arbeidsmarkt", "uitvoering van het werkgelegenheidsbeleid", "strategieën",
            "Van elkaar leren", "prestaties van alle diensten te analyseren en te vergelijken",
            "Informatie, ideeën en goede praktijken uitwisselen",
            "Nieuwe Europese initiatieven", "zoals de Jongerengarantie",
            "bijzonder positief effect", "werkgelegenheid van jongeren in het Brussels Hoofdstedelijk Gewest",
        ],
        "fr": [
            "Réseau européen des services publics de l’emploi",
            "2014", "décision du Parlement européen et du Conseil", "non le Conseil européen", "573/2014/UE",
            "améliorer la coopération",
            "27 pays de l’Union européenne", "Norvège", "Islande", "Commission européenne",
            "Actiris", "VDAB", "Forem", "Arbeitsamt der Deutschsprachigen Gemeinschaft (ADG)",
            "8 juin 2023", "Caroline Mancel", "directrice générale adjointe d’Actiris", "représentante", "présidente",
            "juillet 2023", "juin 2025", "Spiros Protopsaltis",
            "Moderniser", "évoluer avec le marché du travail", "mise en œuvre de la politique", "stratégies",
            "Apprendre les uns des autres", "analysant et en comparant les performances de tous les services",
            "Échanger des informations, des idées et des bonnes pratiques",
            "nouvelles initiatives européennes", "comme la Garantie pour la jeunesse",
            "effet particulièrement positif", "emploi des jeunes en Région de Bruxelles-Capitale",
        ],
        "en": [
            "European Network of Public Employment Services",
            "2014", "decision of the European Parliament and of the Council", "not the European Council", "573/2014/EU",
            "better cooperation",
            "27 countries of the European Union", "Norway", "Iceland", "European Commission",
            "Actiris", "VDAB", "Forem", "Arbeitsamt der Deutschsprachigen Gemeinschaft (ADG)",
            "8 June 2023", "Caroline Mancel", "deputy director-general of Actiris", "representative", "chair",
            "July 2023", "June 2025", "Spiros Protopsaltis",
            "Modernise", "evolve with the labour market", "European Union’s employment policy", "strategies",
            "Learn from one another", "analysing and comparing the performance of all the services",
            "Exchange information, ideas and good practices",
            "new EU initiatives", "such as the Youth Guarantee",
            "particularly positive effect", "youth employment in the Brussels-Capital Region",
        ],
    },
    "wapes": {
        "nl": [
            "Wereldvereniging van openbare diensten voor arbeidsvoorziening",
            "1988", "85 Actieve leden", "2023–2025", "april 2022; leden en partners samen",
            "goede praktijken, vernieuwende oplossingen en expertise", "platform",
            "Conferenties", "Workshops", "Peer reviews", "dankzij samenwerkingsfondsen", "Enquêtes over de strategieën",
            "elk jaar", "andere organisaties", "in de hele wereld", "leden en partners",
            "heel actief", "regelmatig", "uitdagingen", "samen met andere openbare diensten",
            "Forem", "vertegenwoordigt België", "officiële vertegenwoordiger", "Synerjob",
            "federatie van de openbare tewerkstellings- en opleidingsdiensten",
            "Internationale Arbeidsorganisatie (IAO)", "Waarnemers", "steunde het initiatief van bij het begin",
        ],
        "fr": [
            "Association mondiale des services d’emploi publics",
            "1988", "85 Membres actifs", "2023–2025", "avril 2022 ; membres et partenaires confondus",
            "bonnes pratiques, de solutions innovantes et d’expertise", "plateforme",
            "Conférences", "Ateliers", "Évaluations par les pairs", "grâce à des fonds de coopération",
            "Enquêtes sur les stratégies",
            "chaque année", "autres organisations", "dans le monde entier", "ses membres et ses partenaires",
            "très actifs", "régulièrement", "défis", "avec d’autres services publics de l’emploi",
            "Forem", "représente", "représentant officiel", "Synerjob",
            "fédération des services publics de l’emploi et de la formation",
            "Organisation internationale du Travail (OIT)", "Observateurs", "soutenu l’initiative dès le début",
        ],
        "en": [
            "World Association of Public Employment Services",
            "1988", "85 Active members", "2023–2025", "April 2022; members and partners together",
            "good practices, innovative solutions and expertise", "platform",
            "Conferences", "Workshops", "Peer reviews", "thanks to cooperation funds", "Surveys on the strategies",
            "every year", "Other organisations", "all over the world", "members and partners",
            "very active", "regularly", "challenges", "together with other public employment services",
            "Forem", "represents Belgium", "official representative", "Synerjob",
            "federation of public employment and training services",
            "International Labour Organization (ILO)", "Observers", "supported the initiative from the start",
        ],
    },
    "socieux-plus": {
        "nl": [
            "Europese Commissie", "technische bijstand", "partnerlanden",
            "armoede", "sociale uitsluiting", "kwetsbaarheid", "ongelijkheid",
            "sinds 2013", "155 Landen waarvoor Socieux+ openstaat",
            "gelijkwaardige relatie", "lidstaten van de Europese Unie", "socialezekerheidsstelsels", "werkgelegenheidsbeleid",
            "26 februari", "Grégor Chapelle", "Hervé Conan",
        ],
        "fr": [
            "Commission européenne", "assistance technique", "pays partenaires",
            "pauvreté", "exclusion sociale", "vulnérabilité", "inégalités",
            "depuis 2013", "155 Pays auxquels Socieux+ est ouvert",
            "d’égal à égal", "États membres de l’Union européenne", "systèmes de sécurité sociale", "politique de l’emploi",
            "26 février", "Grégor Chapelle", "Hervé Conan",
        ],
        "en": [
            "European Commission", "technical assistance", "partner countries",
            "poverty", "social exclusion", "vulnerability", "inequality",
            "since 2013", "155 Countries to which Socieux+ is open",
            "equal relationship", "member states of the European Union", "social security systems", "employment policy",
            "26 February", "Grégor Chapelle", "Hervé Conan",
        ],
    },
    "enabel": {
        "nl": [
            "ontwikkelingsagentschap van de Belgische federale regering", "internationale ontwikkelingsbeleid",
            "Agenda 2030", "Verenigde Naties", "duurzame ontwikkeling",
            "Wanneer het akkoord is gesloten",
        ],
        "fr": [
            "agence de développement du gouvernement fédéral belge", "politique belge de développement international",
            "Agenda 2030", "Nations unies", "développement durable",
            "La date et le contenu précis de l’accord",
        ],
        "en": [
            "development agency of the Belgian federal government", "international development policy",
            "2030 Agenda", "United Nations", "Sustainable Development",
            "the date of the agreement",
        ],
    },
}  # fmt: skip

# The links of the old page: where they lead, and their label in each language
LINKS = {
    "youth-guarantee": (
        "https://employment-social-affairs.ec.europa.eu/",
        {
            "nl": "Jongerengarantie – Europese Commissie",
            "fr": "Garantie pour la jeunesse – Commission européenne",
            "en": "Youth Guarantee – European Commission",
        },
    ),
    "view-brussels": (
        "https://www.view.brussels",
        {"nl": "Ontdek view.brussels", "fr": "Découvrir view.brussels", "en": "Discover view.brussels"},
    ),
    "pes-network": ("https://www.pesnetwork.eu/", dict.fromkeys(LANGUAGES, "PES Network")),
    "wapes": ("https://wapes.org/", {"nl": "WAPES", "fr": "AMSEP (WAPES)", "en": "WAPES"}),
    "socieux-plus": ("https://socieux.eu/", dict.fromkeys(LANGUAGES, "Socieux+")),
    "enabel": ("https://www.enabel.be/", dict.fromkeys(LANGUAGES, "Enabel")),
}

SKIP_LINK = {"nl": "Naar de hoofdinhoud", "fr": "Aller au contenu principal", "en": "Skip to main content"}


def plain(tag):
    """Return the text of a tag with single spaces, those of French typography included."""
    return " ".join(tag.get_text(" ").split())


def missing(facts, text):
    """Return those of `facts` that a text does not hold."""
    return [fact for fact in facts if fact not in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FACTS)
def test_every_fact_of_the_old_page_stands_on_its_page(rendered, key, language):
    assert missing(FACTS[key][language], plain(rendered[key, language].main)) == []


@pytest.mark.parametrize("key", FACTS)
def test_every_fact_is_looked_for_in_all_languages(key):
    assert {code: len(facts) for code, facts in FACTS[key].items()} == dict.fromkeys(LANGUAGES, len(FACTS[key]["nl"]))


@pytest.mark.parametrize("key", FACTS)
def test_a_page_in_one_language_does_not_hold_the_facts_in_another(rendered, key):
    if FACTS[key]["nl"] != FACTS[key]["fr"]:
        assert missing(FACTS[key]["fr"], plain(rendered[key, "nl"].main))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LINKS)
def test_every_link_of_the_old_page_leads_where_it_did(rendered, key, language):
    address, labels = LINKS[key]
    found = rendered[key, language].main.find_all("a", href=re.compile(f"^{re.escape(address)}"))
    assert any(plain(link).startswith(labels[language]) for link in found), found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FACTS)
def test_the_skip_link_speaks_the_language_of_its_page(rendered, key, language):
    assert plain(rendered[key, language].body.find("a")) == SKIP_LINK[language]


# --- docs/facts.md says where every fact stands: its pages and fields exist, and hold something

NAME = re.compile(r"`([a-z][a-z0-9_-]*)`")  # a page or a field, and no path such as `tests/test_facts.py`


def sections(markdown):
    """Yield (keys that a heading names, rows of its table) of a Markdown document; a row is a list of its cells."""
    for part in re.split(r"^## ", markdown, flags=re.MULTILINE)[1:]:
        heading, *lines = part.splitlines()
        table = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if line.startswith("|")]
        yield NAME.findall(heading), table[2:]  # the first two rows are the header and the line below it


def names(markdown):
    """Return the pages and the (page, field) pairs that a Markdown document of that form names."""
    pages, fields = set(), set()
    for keys, rows in sections(markdown):
        pages.update(keys)
        for row in rows:
            if keys:
                fields.update((keys[0], name) for name in NAME.findall(row[1]))
            else:
                pages.update(NAME.findall(" ".join(row)))
    return pages, fields


PAGES, FIELDS = names(WHERE_FACTS_STAND.read_text())


def test_the_list_of_facts_is_read_to_its_end():
    whole = "## Old\n\n| F | W |\n|---|---|\n| a | `home`: b |\n"
    page = "## X (`x-y`)\n\n| F | W |\n|---|---|\n| c | `role`, `a_b` |\n"
    assert names(f"# T\n\n{whole}\n{page}") == ({"home", "x-y"}, {("x-y", "role"), ("x-y", "a_b")})
    assert {key for key, _field in FIELDS} == set(FACTS) - {"home", "mandates", "networks", "agreements"}


@pytest.mark.parametrize("key", sorted(PAGES))
def test_every_page_that_the_list_of_facts_names_exists(key):
    assert page_of(key).live


@pytest.mark.parametrize(("key", "field"), sorted(FIELDS))
def test_every_field_that_the_list_of_facts_names_exists_and_is_filled(key, field):
    page = page_of(key).specific
    assert field in {one.name for one in page._meta.get_fields()}
    assert any(getattr(page, name, None) for name in (field, *(f"{field}_{code}" for code in LANGUAGES)))
