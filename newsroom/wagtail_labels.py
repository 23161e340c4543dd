"""Labels of Wagtail's forms that are translated once, as it starts: declared anew, each reader has them in their language."""

from django.utils.translation import gettext_lazy as _

LINK_LABELS = {  # of Wagtail's forms for links, which derive them from the names of their fields
    "email_address": _("Email address"),
    "link_text": _("Link text"),
    "subject": _("Subject"),
    "body": _("Text of the message"),
    "phone_number": _("Phone number"),
}


def translate_for_each_reader():
    """Declare these labels anew: all would read them in the first language."""
    from wagtail.admin.forms.choosers import (
        AnchorLinkChooserForm,
        EmailLinkChooserForm,
        ExternalLinkChooserForm,
        PhoneLinkChooserForm,
    )
    from wagtail.admin.viewsets.chooser import ChooserViewSet
    from wagtail.images.forms import ImageInsertionForm
    from wagtail.models import GroupApprovalTask

    from newsroom.accounts.role_names import RoleCheckboxes

    GroupApprovalTask.admin_form_widgets = {"groups": RoleCheckboxes}
    labels = {"format": _("Format"), "image_is_decorative": _("Image is decorative"), "alt_text": _("Alt text")}
    for name, label in labels.items():
        ImageInsertionForm.base_fields[name].label = label
    ChooserViewSet.search_tab_label = _("Search")
    for form in (AnchorLinkChooserForm, EmailLinkChooserForm, ExternalLinkChooserForm, PhoneLinkChooserForm):
        for name, label in LINK_LABELS.items():
            if name in form.base_fields:
                form.base_fields[name].label = label
