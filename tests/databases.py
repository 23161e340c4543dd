"""Databases beside the one of the tests, on the same server; and the one of the tests, away."""

import os
import subprocess
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import OperationalError, connection

from newsroom.backups.programs import candidates


def connect():
    """Return a connection to the server of the tests, as which databases can be made."""
    return psycopg.connect(address_of("postgres"), autocommit=True)


def address_of(name):
    """Return the address of the database `name` of that server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def drop_database(server, name):
    """Drop a database if it exists, whoever is still connected to it.

    Not `WITH (FORCE)`, which is refused to an ordinary owner while autovacuum is at work there; a plain DROP stops autovacuum.
    """
    own = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"
    server.execute(own, [name])
    server.execute(f"DROP DATABASE IF EXISTS {name}")


def write_dump(name, path):
    """Write the database `name` of that server into a file, of which `restoring` fills another."""
    subprocess.run([candidates("pg_dump")[-1], "--format=custom", f"--file={path}", address_of(name)], check=True)


def restoring(path, *options):
    """Return the command that fills an empty database from a file; its last option names the database: --dbname=ADDRESS."""
    return [candidates("pg_restore")[-1], "--no-owner", str(path), *options]


def refuse(execute, *args):
    raise OperationalError("connection refused")


def away():
    """Let the database of the tests answer no more while the block lasts."""
    return mock.patch.object(connection, "execute_wrappers", [refuse])


def django_error(kind, cause=None):
    """Return an exception of Django with the one of psycopg that it was raised from."""
    error = kind("the server says no")
    error.__cause__ = cause
    return error
