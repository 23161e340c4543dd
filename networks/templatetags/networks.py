"""The map of a network."""

from django import template
from django.template.loader import render_to_string

from languages.made_once import made_once
from networks.maps import map_of

register = template.Library()


@register.simple_tag
def member_map(codes):
    """Print a map of the countries `codes`, and the same in words; drawn once for all networks that have the same members."""
    return made_once(("map", *codes), lambda: render_to_string("networks/map.html", {"map": map_of(codes)}))
