"""Where the strings of the interface extend Wagtail's admin."""

from wagtail import hooks

from interface_strings.string_list import StringViewSet


@hooks.register("register_admin_viewset")
def string_viewset():
    return StringViewSet("strings")
