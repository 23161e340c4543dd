"""What the table of everything costs staff, with as many pages as the site that is measured has."""

import time

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.costs import WARM_UP
from tests.bench.effort import BenchError
from tests.bench.table import align, whole

REPORT = "/admin/reports/languages/"
MOST_QUERIES = 12
MOST_MILLISECONDS = 1000
BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
# What is asked for: name -> (group, None for an administrator; path).
REQUESTS = {
    "table, administrator": (None, REPORT),
    "table, editor": ("Editors", REPORT),
    "the last page of it": ("Editors", f"{REPORT}?p=60"),
    "narrowed and sorted": ("Editors", f"{REPORT}?language=fr&state=complete&ordering=-en"),
    "found by name": ("Editors", f"{REPORT}?q=garantie&ordering=kind"),
    "all rows as CSV": ("Editors", f"{REPORT}?export=csv"),
    "the admin's home": ("Editors", "/admin/"),
}
WITHOUT_BUDGET = ("all rows as CSV", "the admin's home")


def measure(effort):
    """Return `(table, sentences)`: the lines of the table, and what there is to say below it."""
    begin = time.process_time()
    call_command("rebuild_standing", verbosity=0)
    rebuilding = time.process_time() - begin
    rows, over = [["", "queries", "CPU ms", "ms in all"]], []
    for name, (group, path) in REQUESTS.items():
        queries, cpu, wall = cost(client_of(group), path, effort)
        rows.append([name, whole(queries), f"{cpu:.0f}", f"{wall:.0f}"])
        over += over_budget(name, queries, cpu)
    return align(rows), [f"- Rebuilding all standings takes {rebuilding:.1f} s of CPU.", *over]


def client_of(group):
    """Return a client in which somebody has logged in, of a group or an administrator."""
    users = get_user_model().objects
    name = group or "administrator"
    user = users.filter(username=name).first() or users.create_user(name, is_superuser=not group)
    if group:
        call_command("create_staff", verbosity=0)
        user.groups.add(Group.objects.get(name=group))
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def cost(client, path, effort):
    """Return queries, milliseconds of CPU of this process, and milliseconds in all, of one request."""
    for _ in range(WARM_UP):
        ask(client, path)
    queries = min(count_queries(client, path) for _ in range(2))  # one of the two looks for edited strings, as once a second
    wall, cpu, requests = time.monotonic(), time.process_time(), 0
    while not requests or time.monotonic() < wall + effort.seconds:
        ask(client, path)
        requests += 1
    spent = time.process_time() - cpu, time.monotonic() - wall
    return queries, *(seconds / requests * 1000 for seconds in spent)


def count_queries(client, path):
    """Return the number of queries of one request; the brackets of the transaction ask nothing."""
    with CaptureQueriesContext(connection) as captured:
        ask(client, path)
        return sum(not query["sql"].startswith(BRACKETS) for query in captured)


def ask(client, path):
    """Ask for a page of the admin and read the whole answer."""
    response = client.get(path)
    if response.status_code != 200:
        raise BenchError(f"{path} is answered with {response.status_code}.")
    return response.getvalue()


def over_budget(name, queries, cpu):
    """Yield a sentence for each figure beyond the budget of the table."""
    if name in WITHOUT_BUDGET:
        return
    if queries > MOST_QUERIES:
        yield f"- Over budget: {name}: {queries} queries, and {MOST_QUERIES} are allowed."
    if cpu > MOST_MILLISECONDS:
        yield f"- Over budget: {name}: {cpu:.0f} ms of CPU, and {MOST_MILLISECONDS:,} are allowed."
