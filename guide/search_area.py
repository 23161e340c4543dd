"""The chapters of the guide among what the admin's search finds."""

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from guide.chapters import plain_text
from guide.finding import find_chapters
from languages.codes import current_language
from languages.texts import ShownText
from staff_search.area import Area


class GuideArea(Area):
    """Chapters, which are files and no rows; everybody may read all of them."""

    name, label, icon = "guide", _("Guide"), "help"
    contents_url = reverse_lazy("guide:contents")

    def find(self, words, user):
        return find_chapters(words, current_language())

    def first(self, words, user, number):
        texts = self.find(words, user)
        return texts[:number], len(texts)

    def title(self, row):
        return ShownText(plain_text(row.title), row.language)

    def texts(self, row):
        return [(row.language, plain_text(row.summary))]

    def url(self, row, user):
        return reverse("guide:chapter", args=[row.slug])
