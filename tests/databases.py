"""Databases beside the one of the tests, on the same server."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg


def connect():
    """Return a connection to the server of the tests, as which databases can be made."""
    return psycopg.connect(address_of("postgres"), autocommit=True)


def address_of(name):
    """Return the address of the database `name` of that server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def drop_database(connection, name):
    """Drop a database if it exists, whoever is still connected to it.

    Not `WITH (FORCE)`, which is refused to an ordinary owner while autovacuum is at work there; a plain DROP stops autovacuum.
    """
    own = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"
    connection.execute(own, [name])
    connection.execute(f"DROP DATABASE IF EXISTS {name}")
