"""Wagtail's views of pictures and documents where this site's rules are narrower: whoever may change one may not delete it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as multiple_documents
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.images.views import images
from wagtail.images.views import multiple as multiple_images
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from delivery.documents import file_response, find_by_file, say_when_away
from languages.rights import say_what_was_refused, writes_all
from languages.way_on import go_on
from newsroom.editing.deletion import leave_out_used, objects_using


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Deleting asks for the model's own permission, or for having uploaded the file oneself."""

    def user_has_permission_for_instance(self, user, action, instance):
        is_allowed = super().user_has_permission_for_instance(user, action, instance)
        return is_allowed and (action != "delete" or may_delete(user, instance))


def may_delete(user, instance):
    """Say whether somebody who may change a file may delete it too; who only writes texts deletes not even their own."""
    is_own = instance.uploaded_by_user_id == user.pk
    return writes_all(user) and (is_own or user.has_perm(f"assets.delete_{instance._meta.model_name}"))


def leave_out_files_of_others(request, files):
    """Take out of a list of files to delete those that somebody may not delete, and name them."""
    files_of_others = [file for file in files if not may_delete(request.user, file)]
    if files_of_others:
        names = ", ".join(f"“{file}”" for file in files_of_others)
        messages.error(request, _("Not deleted, because somebody else uploaded it: %(names)s.") % {"names": names})
    files[:] = [file for file in files if file not in files_of_others]


IMAGES = FilePolicy(get_image_model(), auth_model=Image, owner_field_name="uploaded_by_user")
DOCUMENTS = FilePolicy(get_document_model(), auth_model=Document, owner_field_name="uploaded_by_user")


class KeepUsedFilesMixin:
    """Refuses, before anything is asked, to delete a file that something shows."""

    def dispatch(self, request, *args, **kwargs):
        if not self.permission_policy.user_has_permission_for_instance(request.user, "delete", self.object):
            raise PermissionDenied
        return leave_out_used(request, [self.object]) or super().dispatch(request, *args, **kwargs)


class KeepUsedUploadsMixin:
    """Refuses the same in the list of uploads, whose addresses take any file."""

    def post(self, request, *args, **kwargs):
        file = self.get_model().objects.filter(pk=kwargs[self.pk_url_kwarg]).first()
        if file and objects_using([file]):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)


class SayRefusedMixin:
    """Tells whoever saved a picture or a document what their form kept out of it."""

    def form_valid(self, form):
        response = super().form_valid(form)
        say_what_was_refused(self.request, form.instance)
        return response

    def run_after_hook(self):
        """Lead on whoever goes from text to text."""
        return go_on(self.request, self.object)


class SayRefusedOfUploadsMixin:
    """Tells the same in the list of uploads, whose addresses take any file; it is read on the next page."""

    def save_object(self, form):
        super().save_object(form)
        say_what_was_refused(self.request, form.instance)


class ImageEditView(SayRefusedMixin, images.EditView):
    permission_policy = IMAGES


class ImageDeleteView(KeepUsedFilesMixin, images.DeleteView):
    permission_policy = IMAGES


class UploadedImageEditView(SayRefusedOfUploadsMixin, multiple_images.EditView):
    permission_policy = IMAGES


class UploadedImageDeleteView(KeepUsedUploadsMixin, multiple_images.DeleteView):
    permission_policy = IMAGES


class DocumentEditView(SayRefusedMixin, documents.EditView):
    permission_policy = DOCUMENTS


class DocumentDeleteView(KeepUsedFilesMixin, documents.DeleteView):
    permission_policy = DOCUMENTS


class UploadedDocumentEditView(SayRefusedOfUploadsMixin, multiple_documents.EditView):
    permission_policy = DOCUMENTS


class UploadedDocumentDeleteView(KeepUsedUploadsMixin, multiple_documents.DeleteView):
    permission_policy = DOCUMENTS


def refuse_privacy(request, collection_id):
    """Collections have no privacy: what readers may open does not depend on who they are."""
    raise PermissionDenied


@require_safe
@say_when_away
def open_document(request, name):
    """Show the file of a document to staff, who may use the library, whether readers can open it or not."""
    document, file = find_by_file(name)
    if not document or not file.storage.exists(file.name):
        raise Http404
    if not DOCUMENTS.user_has_any_permission_for_instance(request.user, ["choose", "change"], document):
        raise PermissionDenied
    return file_response(request, file)
