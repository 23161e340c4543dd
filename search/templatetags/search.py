"""Filters and tags for the templates of the search."""

from django import template

from search.opensearch import short_name

register = template.Library()
register.filter("short_name", short_name)
