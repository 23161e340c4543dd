"""What the lists in the admin have in common to which nobody adds by hand."""

from wagtail.admin.viewsets.model import ModelViewSet


class ListViewSet(ModelViewSet):
    """A list in the menu of what readers or the code wrote, without those of Wagtail's views that `absent_views` names."""

    add_to_admin_menu = True
    add_to_reference_index = False  # what readers say of a page is no use of it
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    absent_views = ("add", "history", "usage")

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{f"{name}_url_name": self.UNDEFINED for name in self.absent_views}, **kwargs)
