"""What a network shows in a way of its own, for the page of the design system."""

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation, Person
from networks.models import NetworkPage, RepresentativeBlock
from pages.blocks import TermOfOfficeBlock
from styleguide.components import Component, block_value, trilingual, with_texts


def network():
    """Return a network with member countries, and with somebody who speaks for Belgium."""
    service = with_texts(Organisation(), name=trilingual("Een dienst", "Un service", "A service"))
    speaker = block_value(RepresentativeBlock(), {"organisation": service, "within": service})
    page = NetworkPage(member_countries=["BE", "DE", "FR", "IS", "MT", "NL"], representatives=[("representative", speaker)])
    return {"page": page}


def chair():
    """Return a network with somebody in the chair today."""
    office = trilingual("voorzitter", "présidente", "chair")
    person, source = (
        Person(name="Ada Peeters"),
        trilingual("Europese Commissie", "Commission européenne", "European Commission"),
    )
    term = {"person": person, "office": office, "from_date": "2026-01", "until": "2097-06", "source": source}
    return {"page": NetworkPage(terms=[("term", block_value(TermOfOfficeBlock(), term))])}


def components():
    return [
        Component("facts", _("Who chairs the network"), "networks/fact.html", chair),
        Component("facts", _("Members of a network"), "networks/members.html", network),
    ]
