"""What the streams of topics are made of, and some blocks of the body."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.fields import PartialDateBlock
from directory.models import Organisation, Person
from directory.references import EntryChooserBlock
from languages.blocks import TranslatedBlock, TranslatedTextBlock, TranslatedURLBlock
from pages.blocks.choosers import DocumentBlock, PageBlock
from pages.blocks.named import NamedBlock


class LinkBlock(blocks.StructBlock):
    """A link to another site, with its address in each language that site has."""

    label = TranslatedBlock(
        required=True,
        label=_("Text of the link"),
        help_text=_("Words that say where it leads, also when they are read by themselves."),
    )
    url = TranslatedURLBlock(
        label=_("Address"),
        help_text=_("Only where the other site really has that language; readers are told which language to expect."),
    )

    class Meta:
        icon = "link-external"
        label = _("Link")
        template = "blocks/link.html"


class MilestoneBlock(NamedBlock):
    """An event of a topic's history."""

    date = PartialDateBlock(required=True, label=_("Date"))
    text = TranslatedTextBlock(required=True, label=_("What happened"), help_text=_("One sentence."))
    source = TranslatedBlock(label=_("Source"), help_text=_("Where it stands, such as an act or a press release."))
    source_url = TranslatedURLBlock(label=_("Address of the source"))

    class Meta:
        icon = "history"
        label = _("Milestone")
        template = "blocks/milestone.html"
        label_format = "{date} {text}"


class ActBlock(blocks.StructBlock):
    """A legal act, with the days that matter."""

    label = TranslatedBlock(required=True, label=_("Name of the act"), help_text=_("As it is cited, without its number."))
    reference = TranslatedBlock(label=_("Reference"), help_text=_("Such as 573/2014/EU, in French 573/2014/UE."))
    url = TranslatedURLBlock(
        label=_("Address of the text"),
        help_text=_("Where the text is published, such as EUR-Lex or the Belgian Official Gazette."),
    )
    adopted_on = PartialDateBlock(label=_("Adopted on"))
    in_force_on = PartialDateBlock(label=_("In force on"))
    expires_on = PartialDateBlock(label=_("Expires on"))

    class Meta:
        icon = "doc-full"
        label = _("Legal act")
        template = "blocks/act.html"


class TextItemBlock(blocks.StructBlock):
    """One item of a list of texts."""

    text = TranslatedTextBlock(required=True, label=_("Text"))

    class Meta:
        icon = "list-ul"
        label = _("Item")


class PointsBlock(TextItemBlock):
    """An item with points of its own."""

    points = blocks.ListBlock(TranslatedBlock(label=_("Point")), default=[], label=_("Points"), required=False)


class NotedItemBlock(TextItemBlock):
    """An item with a note."""

    note = TranslatedTextBlock(label=_("Note"))


class RelatedPageBlock(blocks.StructBlock):
    """Another page of this site, and how it hangs together with this one."""

    page = PageBlock(label=_("Page"))
    relation = TranslatedBlock(
        label=_("How the pages are related"), help_text=_("A few words that say why readers may want that page.")
    )

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Related page")


class DocumentItemBlock(blocks.StructBlock):
    """A document for readers, with its type and size."""

    document = DocumentBlock(label=_("Document"))
    note = TranslatedBlock(label=_("Note"), help_text=_("What is in it, where its title does not say so."))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Document")
        template = "blocks/document.html"


class OrganisationItemBlock(blocks.StructBlock):
    """An organisation of the directory."""

    organisation = EntryChooserBlock(Organisation, label=_("Organisation"))

    class Meta:
        icon = "group"
        label = _("Organisation")


class NotedOrganisationBlock(OrganisationItemBlock):
    """An organisation, with a note on its part."""

    note = TranslatedTextBlock(label=_("Note"))


class TermOfOfficeBlock(blocks.StructBlock):
    """A term of office. The site computes from the dates whether somebody is, was or will be in office."""

    person = EntryChooserBlock(Person, label=_("Person"))
    office = TranslatedBlock(required=True, label=_("Office held"), help_text=_("In small letters, as in ‘chair’."))
    organisation = EntryChooserBlock(Organisation, label=_("Organisation"), required=False)
    capacity = TranslatedBlock(label=_("Post held at the time"), help_text=_("As it was then, and not as it is today."))
    from_date = PartialDateBlock(label=_("From"))
    until = PartialDateBlock(label=_("Until"))
    elected_on = PartialDateBlock(label=_("Elected on"))
    source = TranslatedBlock(label=_("Source"), help_text=_("Where it stands, such as an act or a press release."))
    source_url = TranslatedURLBlock(label=_("Address of the source"))
    to_confirm = blocks.BooleanBlock(
        label=_("Still to be confirmed"),
        required=False,
        help_text=_(
            "For staff only: readers see the term once it has a source, and never this mark. A note says what is open."
        ),
    )

    class Meta:
        icon = "user"
        label = _("Term of office")
        template = "blocks/term.html"


class SignatoryBlock(blocks.StructBlock):
    """Somebody who signed, in the post held at the time."""

    person = EntryChooserBlock(Person, label=_("Person"))
    capacity = TranslatedBlock(
        required=True, label=_("Post held at the time"), help_text=_("As it was then, and not as it is today.")
    )
    organisation = EntryChooserBlock(Organisation, label=_("Organisation"), required=False)

    class Meta:
        icon = "user"
        label = _("Signatory")
