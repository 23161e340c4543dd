"""What machines ask about the health of the site."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse

from delivery.public import read_only


@read_only
def healthz(request):
    """Say that the application answers; asks the database nothing."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@cache
def load_migrations():
    """Return the migrations of this version of the code and what each replaces; reading their files takes half a second."""
    nodes = MigrationLoader(None).graph.nodes
    return [(key, set(nodes[key].replaces)) for key in nodes]


@read_only
def readyz(request):
    """Say whether database and migrations are fine: 200, or 503 with what is not."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
        pending = [key for key, replaced in load_migrations() if key not in applied and not (replaced and replaced <= applied)]
    except Exception:  # whatever is wrong with the database, the answer is the same
        return JsonResponse({"database": "unreachable"}, status=503, headers={"Cache-Control": "no-store"})
    answer = {"database": "fine", "migrations": "pending" if pending else "fine"}
    return JsonResponse(answer, status=503 if pending else 200, headers={"Cache-Control": "no-store"})
