"""The chapters that explain a screen, for whoever looks at it."""

from django.urls import reverse

from guide.chapters import chapter_text, plain_text
from guide.contents import chapters_about
from languages.codes import current_language


def chapter_links(path, user):
    """Return `(title, address)` of each chapter about the screen at a path; those about one's own tasks, where any is."""
    chapters = chapters_about(path)
    own = [chapter for chapter in chapters if chapter.audience.includes(user)]
    return [
        (plain_text(chapter_text(chapter.slug, current_language()).title), reverse("guide:chapter", args=[chapter.slug]))
        for chapter in own or chapters
    ]
