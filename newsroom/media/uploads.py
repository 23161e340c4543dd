"""Uploading many files at once: one whose title or collection is refused waits, and what is wrong stands at its field."""

import logging

from django.http import JsonResponse
from wagtail.documents.views import multiple as multiple_documents
from wagtail.images.views import multiple as multiple_images

from assets.forms import NOT_STORED
from assets.pictures import make_showable

logger = logging.getLogger(__name__)


class ShowErrorsMixin:
    """Wagtail keeps the file, but asks for its title as if nothing had been sent.

    One that it cannot keep, as the storage does not answer, is told beside its name.
    """

    def post(self, request):
        try:
            return super().post(request)
        except OSError as error:
            logger.warning("An upload cannot wait for its title: %s", error)
            return JsonResponse({"success": False, "error_message": str(NOT_STORED)})

    def get_edit_upload_form_context_data(self):
        context = super().get_edit_upload_form_context_data()
        form = context["form"]
        sent = {"title": self.object.title, **self.request.POST.dict()}
        data = {form.add_prefix(name): value for name, value in sent.items()}
        context["form"] = type(form)(data, instance=self.object, prefix=form.prefix, user=self.request.user)
        return context


class AddImagesView(ShowErrorsMixin, multiple_images.AddView):
    pass


class AddDocumentsView(ShowErrorsMixin, multiple_documents.AddView):
    pass


class WaitingImageView(multiple_images.CreateFromUploadedImageView):
    """Takes a picture that waited for its title; it waited as it was sent."""

    def save_object(self, form):
        self.upload.file.file = make_showable(self.upload.file.file)
        super().save_object(form)
