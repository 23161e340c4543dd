"""The views of snippets where they stand in for Wagtail's."""

from django.views.decorators.http import require_safe
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params

from newsroom.editing.deleted_page import give_back_texts


@require_safe
def copy_snippet(request, app_name, model_name, pk):
    """Wagtail's form for a copy, which is sent to where snippets are added; sent here it would be saved over the source."""
    return get_snippet_model_from_url_params(app_name, model_name).snippet_viewset.copy_view(request, pk=pk)


def edit_snippet(request, app_name, model_name, pk):
    """Wagtail's editor of a snippet; whoever saves one that is gone gets back what was typed."""
    model = get_snippet_model_from_url_params(app_name, model_name)
    if request.method == "POST" and not model._default_manager.filter(pk=pk).exists():
        return give_back_texts(request, model, pk)
    return model.snippet_viewset.edit_view(request, pk=pk)
