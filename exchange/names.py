"""What the texts of a package are called on the screen: as the reader calls them, not as the files call them."""

from django.utils.html import format_html
from django.utils.text import capfirst

from exchange.current_texts import place_of
from languages.codes import current_language
from languages.standing_values import display_name
from languages.units import units


class Names:
    """The names of objects and of their texts, of `drafts` by content type and key. As HTML. Makes no query.

    Of what is not among them, or no longer has that text, they are the names of the files, which are in the package's target.
    """

    def __init__(self, drafts, package):
        self.drafts, self.package, self.labels = drafts, package, {}

    def of_page(self, sent):
        draft = self.drafts.get(place_of(sent))
        return format_html("{}", display_name(draft, current_language())) if draft else self.as_sent(sent.page)

    def of_place(self, sent):
        if place_of(sent) not in self.labels:
            draft = self.drafts.get(place_of(sent))
            self.labels[place_of(sent)] = {unit.address: unit.label for unit in units(draft)} if draft else {}
        label = self.labels[place_of(sent)].get(sent.address)
        return format_html("{}", capfirst(label)) if label else self.as_sent(sent.place)

    def of_text(self, sent):
        """Return the name of a text with that of its object: "Enabel – Summary"."""
        return format_html("{} – {}", self.of_page(sent), self.of_place(sent))

    def as_sent(self, name):
        return format_html('<span lang="{}">{}</span>', self.package.target, name)
