"""Pages, terms, notices and people for tests, built in the test that needs them."""

from datetime import timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from directory.models import GlossaryTerm
from languages.codes import LANGUAGES
from mandates.models import MandateIndexPage, MandatePage
from networks.models import NetworkIndexPage, NetworkPage
from newsroom.accounts.roles import OF_LANGUAGES, TRANSLATORS, make_groups
from newsroom.content.writing import set_up_site
from notices.models import Notice
from pages.models import AccessibilityStatementPage, ContactPage, GlossaryPage, HomePage, StandardPage
from partnerships.models import AgreementIndexPage, AgreementPage
from tests.rows import same_again

number = count(1)
PASSWORD = "een-lang-wachtwoord-1"


def texts(name, languages=LANGUAGES, **others):
    """Return a heading, slug and summary in some languages, each naming its language so that a mix-up shows."""
    fields = {}
    for code in languages:
        fields |= {
            f"heading_{code}": f"{name} {code}",
            f"url_slug_{code}": f"{name}-{code}".lower().replace(" ", "-"),
            f"summary_{code}": f"Summary of {name} in {code}.",
        }
    return fields | others


def topic_texts(name, languages=LANGUAGES, **others):
    """Return what a topic needs on top, in some languages."""
    fields = texts(name, languages)
    for code in languages:
        fields |= {
            f"opening_{code}": f"What {name} is, in {code}.",
            f"audience_{code}": f"<p>For whom, {code}.</p>",
            f"next_step_{code}": f"<p>Next step, {code}.</p>",
        }
    return fields | others


def add(parent, model, live=True, **fields):
    """Add a page below `parent`, published through a revision as the editor would, or as a draft; return it fresh."""
    page = Page.objects.get(pk=parent.pk).add_child(instance=model(live=False, **fields))
    revision = page.save_revision()
    if live:
        revision.publish()
    return model.objects.get(pk=page.pk)


def make_home(languages=LANGUAGES, **others):
    home = add(Page.get_first_root_node(), HomePage, **texts("home", languages, **others))
    set_up_site(home)
    return home


def make_standard(parent, name="standard", languages=LANGUAGES, live=True, **others):
    return add(parent, StandardPage, live, **texts(name, languages, **others))


def make_section(home, model=MandateIndexPage, name="mandates", languages=LANGUAGES, **others):
    return add(home, model, **texts(name, languages, **{"show_in_menus": True, **others}))


def make_mandate(section, name="youth", languages=LANGUAGES, live=True, **others):
    return add(section, MandatePage, live, **topic_texts(name, languages, **others))


def make_network(section, name="network", languages=LANGUAGES, live=True, **others):
    return add(section, NetworkPage, live, **topic_texts(name, languages, **others))


def make_agreement(section, name="agreement", languages=LANGUAGES, live=True, **others):
    return add(section, AgreementPage, live, **topic_texts(name, languages, **others))


INDEX_OF = {MandatePage: MandateIndexPage, NetworkPage: NetworkIndexPage, AgreementPage: AgreementIndexPage}
INDEXES = tuple(INDEX_OF.values())
TYPES = [  # every type of page; parents first
    HomePage,
    StandardPage,
    GlossaryPage,
    ContactPage,
    AccessibilityStatementPage,
    *(model for pair in INDEX_OF.items() for model in reversed(pair)),
]


def make_term(**fields):
    """Make a term of the glossary."""
    return GlossaryTerm.objects.create(
        **{
            "term_nl": "beheersautoriteit",
            "term_fr": "autorité de gestion",
            "definition_nl": "Wie beheert.",
            "definition_fr": "Qui gère.",
            **fields,
        }
    )


def make_user(role=None, language="nl", name=None, languages=None):
    """Return a member of a group of staff ("Editors", "Publishers", "Translators", "Reviewers"), or an administrator.

    Translators and reviewers write in `languages`, which is that of their admin unless given.
    """
    users = get_user_model().objects
    name = name or f"{role or 'admin'}-{next(number)}".lower()
    user = (users.create_user if role else users.create_superuser)(name, f"{name}@example.org", PASSWORD)
    if role:
        user.groups.add(group_of(role))
    if role in OF_LANGUAGES:
        user.languages = [language] if languages is None else list(languages)
        user.save(update_fields=["languages"])
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


def group_of(role):
    """Return a group of staff, which is made along with the others where they are not there."""
    groups = {group.name: group for group in Group.objects.all()}
    if not {TRANSLATORS.name, role} <= groups.keys():  # some come along with Wagtail, but without their rights
        if HomePage.objects.exists():  # their rights begin at it
            make_groups()
        else:
            same_again("groups", make_groups)
        return Group.objects.get(name=role)
    return groups[role]


def staff(role=None, language="nl", languages=None):
    """Return the client of a new member of a group of staff, or of an administrator, logged in."""
    return client_of(make_user(role, language, languages=languages))


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def make_notice(**fields):
    """Return a notice in three languages that is shown until tomorrow."""
    texts = {"text_nl": "Morgen gesloten.", "text_fr": "Fermé.", "text_en": "Closed."}
    return Notice.objects.create(ends_at=timezone.now() + timedelta(days=1), **texts | fields)
