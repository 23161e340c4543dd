"""What a cooperation agreement shows in a way of its own, for the page of the design system."""

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation, Person
from pages.blocks import SignatoryBlock
from partnerships.models import AgreementPage, ConsortiumMemberBlock
from styleguide.components import Component, block_value, trilingual, with_texts


def agreement():
    """Return an agreement with its partner and who signed it; the day of signing lacks its year."""
    partner = with_texts(Organisation(), name=trilingual("Een agentschap", "Une agence", "An agency"))
    post = trilingual("directeur-generaal", "directrice générale", "director-general")
    signatory = block_value(SignatoryBlock(), {"person": Person(name="Ada Peeters"), "capacity": post, "organisation": partner})
    page = AgreementPage(partner=partner, since="2013", signed_on="--02-26", signatories=[("signatory", signatory)])
    return {"page": with_texts(page, nature=trilingual("technische bijstand", "assistance technique", "technical assistance"))}


def consortium():
    member = with_texts(Organisation(), name=trilingual("Een agentschap", "Une agence", "An agency"))
    lead = block_value(ConsortiumMemberBlock(), {"organisation": member, "lead": True})
    other = block_value(ConsortiumMemberBlock(), {"organisation": member})
    return {"items": AgreementPage(consortium=[("member", lead), ("member", other)]).consortium}


def components():
    return [
        Component("facts", _("Signing"), "partnerships/signing.html", agreement),
        Component("lists", _("Members of a consortium"), "includes/organisations.html", consortium),
    ]
