"""Who may do what at each route, as `routes.txt` says it, and people who try."""

import re
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.test import Client

# What is written for whoever looks: being logged in, and guesses at passwords.
ALWAYS_WRITTEN = ("django_session", "axes_", "newsroom_user", "wagtailusers_userprofile", "wagtailadmin_editingsession")
WRITING = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def table():
    """Return who opens and who changes something at each route of the admin."""
    rights = {}
    for line in (Path(__file__).parent / "routes.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            opens, changes, route = line[2:7].strip(), line[8:15].strip(), line[16:]
            rights[route] = opens, changes or opens
    return rights


@contextmanager
def gather_written_tables():
    """Gather the tables that are written to meanwhile, but for what is written for whoever looks."""
    tables = set()

    def look(execute, sql, params, many, context):
        match = WRITING.match(str(sql))
        if match and not match[1].startswith(ALWAYS_WRITTEN):
            tables.add(match[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Person:
    """Somebody at all addresses, as whom it is undone what they do."""

    def __init__(self, user):
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.copy()

    def ask(self, path, data=None):
        """Return the answer to looking, or to sending `data`, and the tables that were written to."""
        self.client.cookies = self.cookies.copy()
        with undone(), gather_written_tables() as tables:
            response = self.client.get(path) if data is None else self.client.post(path, data)
        return response, tables

    def finds_a_button(self, path):
        """Say whether an address only takes what a button sends, from where whoever looks is led to its screen."""
        self.client.cookies = self.cookies.copy()
        with undone():
            return self.client.get(path, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 405
