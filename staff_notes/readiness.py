"""What must be filled in before the site goes live: declared on models, looked up in what readers get.

A model names in `needed_to_go_live` what its fields must hold:

    needed_to_go_live = (Requirement("transparency_url", law=_("…")), Requirement("hours"))
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst
from modeltranslation.utils import build_localized_fieldname
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import Page

from languages.codes import OFFICIAL
from languages.texts import is_filled
from languages.units import translated_fields


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that a field must hold. `law` says in staff's words what asks for it, lazily; empty where it is merely wanted.

    `label` names it where the field's own name does not. `among` says of which objects it is asked, by the values of fields,
    `is_there` whether one has it where it is not enough that the field is filled. `must_exist`: it is missing too where there
    is no such page.
    """

    field: str
    law: str = ""
    label: str = ""
    among: dict = field(default_factory=dict)
    is_there: Callable | None = None
    must_exist: bool = True

    def is_asked_of(self, instance):
        return all(getattr(instance, name) == value for name, value in self.among.items())

    def is_met_by(self, instance):
        """Say whether an object has it: a text in every official language."""
        if self.is_there:
            return self.is_there(instance)
        if self.field in translated_fields(type(instance)):
            return all(is_filled(getattr(instance, build_localized_fieldname(self.field, code))) for code in OFFICIAL)
        return bool(getattr(instance, self.field))


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there: what, of which kind of object, and of which one, None where there is none."""

    requirement: Requirement
    model: type
    instance: object = None

    @property
    def label(self):
        return str(self.requirement.label or capfirst(self.model._meta.get_field(self.requirement.field).verbose_name))

    @property
    def law(self):
        return str(self.requirement.law)

    @property
    def responsible(self):
        return getattr(self.instance, "responsible", None)

    @property
    def place(self):
        """The page or the settings where it belongs, by name."""
        if isinstance(self.instance, Page):
            return self.instance.get_admin_display_title()
        return str(capfirst(self.model._meta.verbose_name))


def find_missing():
    """Return all that is `Missing`, what the law asks for first. Makes a query for each model that needs something."""
    missing = [one for model in apps.get_models() if "needed_to_go_live" in vars(model) for one in missing_of(model)]
    return sorted(missing, key=lambda one: not one.law)


def missing_of(model):
    instances = public_instances(model)
    for requirement in model.needed_to_go_live:
        if not instances and requirement.must_exist:
            yield Missing(requirement, model)
        for instance in instances:
            if requirement.is_asked_of(instance) and not requirement.is_met_by(instance):
                yield Missing(requirement, model, instance)


def public_instances(model):
    """Return the objects of a model of which something is asked, as readers get them: pages that are live, each once."""
    if issubclass(model, BaseGenericSetting):
        return [model.load()]
    pages = model.objects.live().filter(alias_of=None).select_related("responsible")
    conditions = [requirement.among for requirement in model.needed_to_go_live]
    if all(conditions):  # else every page is asked for something
        pages = pages.filter(reduce(or_, (Q(**condition) for condition in conditions)))
    return list(pages)
