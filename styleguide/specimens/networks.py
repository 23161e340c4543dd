"""What a network shows in a way of its own, for the page of the design system."""

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from networks.models import NetworkPage, RepresentativeBlock
from styleguide.components import Component, block_value, trilingual, with_texts


def network():
    """Return a network with member countries, and with somebody who speaks for Belgium."""
    service = with_texts(Organisation(), name=trilingual("Een dienst", "Un service", "A service"))
    speaker = block_value(RepresentativeBlock(), {"organisation": service, "within": service})
    page = NetworkPage(member_countries=["BE", "DE", "FR", "IS", "MT", "NL"], representatives=[("representative", speaker)])
    return {"page": page}


def components():
    return [Component("facts", _("Members of a network"), "networks/members.html", network)]
