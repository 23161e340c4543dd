"""Calls at the same moment, each in a connection of its own."""

from threading import Barrier, Thread

from django.db import connection


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
