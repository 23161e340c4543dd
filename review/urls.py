"""Addresses of the admin at which a view of ours stands in for Wagtail's, with the checks that Wagtail's have."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from review.disabling import DisableStep, DisableWorkflow
from review.workflow_reports import ReviewsReport, StepsReport

urlpatterns = [
    path("reports/workflow/", ReviewsReport.as_view()),
    path("reports/workflow/results/", ReviewsReport.as_view(results_only=True)),
    path("reports/workflow_tasks/", StepsReport.as_view()),
    path("reports/workflow_tasks/results/", StepsReport.as_view(results_only=True)),
    path("workflows/disable/<int:pk>/", DisableWorkflow.as_view()),
    path("workflows/tasks/disable/<int:pk>/", DisableStep.as_view()),
]
urlpatterns = decorate_urlpatterns(decorate_urlpatterns(urlpatterns, require_admin_access), never_cache)
