"""What a cooperation agreement shows in a way of its own, for the page of the design system."""

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation, Person
from pages.blocks import SignatoryBlock
from partnerships.models import AgreementPage, ConsortiumMemberBlock
from styleguide.components import Component, filled, three, whole


def agreement():
    """Return an agreement with its partner and who signed it; the day of signing lacks its year."""
    partner = filled(Organisation(), name=three("Een agentschap", "Une agence", "An agency"))
    post = three("directeur-generaal", "directrice générale", "director-general")
    signatory = whole(SignatoryBlock(), {"person": Person(name="Ada Peeters"), "capacity": post, "organisation": partner})
    page = AgreementPage(partner=partner, since="2013", signed_on="--02-26", signatories=[("signatory", signatory)])
    return {"page": filled(page, nature=three("technische bijstand", "assistance technique", "technical assistance"))}


def consortium():
    member = filled(Organisation(), name=three("Een agentschap", "Une agence", "An agency"))
    lead = whole(ConsortiumMemberBlock(), {"organisation": member, "lead": True})
    other = whole(ConsortiumMemberBlock(), {"organisation": member})
    return {"items": AgreementPage(consortium=[("member", lead), ("member", other)]).consortium}


def components():
    return [
        Component("facts", _("Signing"), "partnerships/signing.html", agreement),
        Component("lists", _("Members of a consortium"), "includes/organisations.html", consortium),
    ]
