"""Wagtail's views of pictures and documents where this site's rules are narrower: whoever may change one may not delete it."""

from django.core.exceptions import PermissionDenied
from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as multiple_documents
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.images.views import images
from wagtail.images.views import multiple as multiple_images
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from newsroom.deletion import refuse_while_in_use


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Deleting asks for the model's own permission, or for having uploaded the file oneself."""

    def user_has_permission_for_instance(self, user, action, instance):
        is_allowed = super().user_has_permission_for_instance(user, action, instance)
        return is_allowed and (action != "delete" or may_delete(user, instance))


def may_delete(user, instance):
    """Say whether somebody who may change a file may delete it too."""
    return instance.uploaded_by_user_id == user.pk or user.has_perm(f"assets.delete_{instance._meta.model_name}")


IMAGES = FilePolicy(get_image_model(), auth_model=Image, owner_field_name="uploaded_by_user")
DOCUMENTS = FilePolicy(get_document_model(), auth_model=Document, owner_field_name="uploaded_by_user")


class KeepsWhatIsUsed:
    """Refuses, before anything is asked, to delete a file that something shows."""

    def dispatch(self, request, *args, **kwargs):
        if not self.permission_policy.user_has_permission_for_instance(request.user, "delete", self.object):
            raise PermissionDenied
        return refuse_while_in_use(request, [self.object]) or super().dispatch(request, *args, **kwargs)


class ImageEditView(images.EditView):
    permission_policy = IMAGES


class ImageDeleteView(KeepsWhatIsUsed, images.DeleteView):
    permission_policy = IMAGES


class UploadedImageDeleteView(multiple_images.DeleteView):
    permission_policy = IMAGES


class DocumentEditView(documents.EditView):
    permission_policy = DOCUMENTS


class DocumentDeleteView(KeepsWhatIsUsed, documents.DeleteView):
    permission_policy = DOCUMENTS


class UploadedDocumentDeleteView(multiple_documents.DeleteView):
    permission_policy = DOCUMENTS
