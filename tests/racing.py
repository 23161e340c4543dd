"""Calls at the same moment, each in a connection of its own."""

from threading import Barrier, Thread

from django.db import connection


def somebody_waits():
    """Say whether another connection waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
        return cursor.fetchone()


def outcomes(*calls):
    """Run calls at the same moment, each in a connection of its own; return what each raised, or None."""
    errors, together = [None] * len(calls), Barrier(len(calls))

    def run(index, call):
        together.wait()
        try:
            call()
        except Exception as error:
            errors[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
