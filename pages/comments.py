"""Comments beside a page's texts: nobody deletes what somebody else wrote, as Wagtail's screen offers it to nobody."""

from wagtail.models import Comment


def deletes_anothers(formset, user):
    """Say whether somebody who posted the formset of a page's comments would delete a comment or an answer of another person.

    What goes with what it stands beside, such as a block that was deleted or the thread that one began, may go.
    """
    formset.is_valid()  # Wagtail's own check of who wrote what is lost on rows that are deleted
    return any(deletes(form, formset.instance, user) for form in formset.forms if form.instance.pk)


def deletes(form, page, user):
    if form.cleaned_data.get("DELETE"):
        stored = Comment(contentpath=form.initial["contentpath"])
        return form.instance.user != user and stored.has_valid_contentpath(page)
    return any(reply.instance.pk and reply.instance.user != user for reply in form.formsets["replies"].deleted_forms)
