"""Addresses of the admin at which a view of ours stands in for Wagtail's, with the checks that Wagtail's have."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.lock import LockView, UnlockView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from newsroom import explorer, ordering
from newsroom.accounts import (
    account_page,
    emergency_door,
    factor_reset,
    factor_urls,
    login_limits,
    login_page,
    own_password,
    sessions,
    sign_on,
)
from newsroom.editing import creating, decisions, snippets, views
from newsroom.media import files, uploads
from newsroom.redirects import forms as redirect_forms
from newsroom.redirects import importing, listing
from newsroom.reports import wagtail_exports

DECISION = "<int:page_id>/<slug:action_name>/<int:task_state_id>/"
urlpatterns = [
    path("pages/", explorer.explore_root),
    path("pages/search/", explorer.PageSearchView.as_view()),
    path("pages/search/results/", explorer.PageSearchView.as_view(results_only=True)),
    path("pages/<int:page_to_move_id>/set_position/", explorer.except_root(ordering.set_page_position)),
    path(
        "pages/<int:page_to_move_id>/set_position/from/<int:first>/",
        explorer.except_root(ordering.set_page_position),
        name="set_position_from",
    ),
    path("pages/<int:page_id>/place/", explorer.except_root(ordering.PlaceView.as_view()), name="place_page"),
    path("pages/<int:page_id>/lock/", explorer.except_root(LockView.as_view())),
    path("pages/<int:page_id>/unlock/", explorer.except_root(UnlockView.as_view())),
    path(
        "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        creating.CreateView.as_view(),
    ),
    path("pages/<int:page_id>/edit/", views.EditView.as_view()),
    path("pages/<int:page_id>/edit/preview/", views.PreviewOnEdit.as_view()),
    path(f"pages/workflow/action/{DECISION}", decisions.WorkflowAction.as_view()),
    path(f"pages/workflow/collect_action_data/{DECISION}", decisions.CollectWorkflowActionData.as_view()),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", views.RevisionsRevertView.as_view()),
    path("account/", account_page.AccountView.as_view()),
    path("failwhale/", explorer.raise_not_found),  # Wagtail's view that fails on purpose
    path("collections/<int:collection_id>/privacy/", files.refuse_privacy),
    path("documents/file/<path:name>", files.open_document, name="document_file"),
    path("images/<int:image_id>/", files.ImageEditView.as_view()),
    path("images/<int:image_id>/delete/", files.ImageDeleteView.as_view()),
    path("images/multiple/add/", uploads.AddImagesView.as_view()),
    path("images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/", uploads.WaitingImageView.as_view()),
    path("images/multiple/<int:image_id>/", files.UploadedImageEditView.as_view()),
    path("images/multiple/<int:image_id>/delete/", files.UploadedImageDeleteView.as_view()),
    path("documents/edit/<int:document_id>/", files.DocumentEditView.as_view()),
    path("documents/delete/<int:document_id>/", files.DocumentDeleteView.as_view()),
    path("documents/multiple/add/", uploads.AddDocumentsView.as_view()),
    path("documents/multiple/<int:doc_id>/", files.UploadedDocumentEditView.as_view()),
    path("documents/multiple/<int:doc_id>/delete/", files.UploadedDocumentDeleteView.as_view()),
    # Choosers here have no form to make what is not there yet, and Wagtail's view fails without one.
    path("snippets/choose/<slug:app_name>/<slug:model_name>/create/", explorer.raise_not_found),
    path("snippets/<slug:app_name>/<slug:model_name>/copy/<int:pk>/", snippets.copy_snippet),
    path("snippets/<slug:app_name>/<slug:model_name>/edit/<int:pk>/", snippets.edit_snippet),
    path("redirects/add/", redirect_forms.RedirectCreateView.as_view()),
    path("redirects/<int:redirect_id>/", redirect_forms.RedirectEditView.as_view()),
    path("redirects/", listing.IndexView.as_view()),
    path("redirects/results/", listing.IndexView.as_view(results_only=True)),
    path("redirects/import/", importing.import_redirects),
    path("redirects/import/process/", explorer.raise_not_found),  # Wagtail's second step, which knows none of our rules
    *wagtail_exports.urlpatterns,
    path("users/<int:pk>/second-step/", factor_reset.reset_factor_of, name="reset_factor"),
    *factor_urls.urlpatterns,
]
urlpatterns = decorate_urlpatterns(decorate_urlpatterns(urlpatterns, require_admin_access), never_cache)
# For people who are not, or not quite, logged in yet.
urlpatterns += [
    path("login/", login_page.LoginView.as_view(), name="account_login"),  # the name that allauth asks for
    *sign_on.urlpatterns,
    *emergency_door.urlpatterns,
    *sessions.urlpatterns,
    path("password/", own_password.choose_password, name="own_password"),
    path("password_reset/", never_cache(login_limits.PasswordResetView.as_view())),
]
