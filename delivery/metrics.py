"""What is counted, in Prometheus's format at /metrics: for this machine, or for whoever has the token of the settings."""

from ipaddress import ip_address
from time import perf_counter

from django.conf import settings
from django.db import Error
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from monitoring import counts
from page_cache.replica import WrappedStatements
from schedule.models import LATE, job_records

PATH = "/metrics"
# Whoever forwards what somebody else asked says so in one of these.
OF_PROXIES = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP")


class MetricsMiddleware:
    """Counts each request, and answers /metrics itself: before any host, session or page is looked at."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == PATH:
            return answer(request)
        began, statements = perf_counter(), StatementCounter()
        with WrappedStatements(statements):
            response = self.get_response(request)
        counts.count_request(kind_of(request), response.status_code, perf_counter() - began, statements.number)
        return response


class StatementCounter:
    """Counts the statements that are sent while it wraps a connection."""

    def __init__(self):
        self.number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def kind_of(request):
    """Return what a request is counted as: the name of its route, "admin", "static", "other", or "none"."""
    if request.path_info.startswith("/admin/"):
        return "admin"
    if request.resolver_match is None:
        return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
    return request.resolver_match.url_name or "other"


def answer(request):
    """Return all counts; 404 to whoever they are not for, as if there were nothing."""
    if not may_read(request):
        return HttpResponse("Not found\n", status=404, content_type="text/plain", headers={"Cache-Control": "no-store"})
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    asked_now = CollectorRegistry()
    asked_now.register(DatabaseCollector())
    content = generate_latest(shared_registry()) + generate_latest(asked_now)
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def may_read(request):
    """Say whether this machine itself asks, with nobody behind it, or somebody with the token."""
    token = settings.METRICS_TOKEN
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    try:
        is_local = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # over a socket, at which anybody may be
        is_local = False
    return is_local and not any(name in request.headers for name in OF_PROXIES)


def shared_registry():
    """Return the registry of what all processes of this host counted."""
    if not counts.IS_SHARED:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


class DatabaseCollector:
    """What the database knows, asked at each look with one query: whether it answers and how automatic work goes."""

    def collect(self):
        up = GaugeMetricFamily("actiris_database_up", "1 where the database answers now.")
        try:
            records = job_records()
        except Error:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        ended = GaugeMetricFamily("actiris_job_ended_well_timestamp_seconds", "When a job last ended well.", labels=["job"])
        late = GaugeMetricFamily("actiris_job_late", "1 where a job has not ended well since it was due.", labels=["job"])
        now = timezone.now()
        for record in records:
            if record.ended_well_at:
                ended.add_metric([record.name], record.ended_well_at.timestamp())
            late.add_metric([record.name], record.state(now) == LATE)
        yield from (ended, late)
