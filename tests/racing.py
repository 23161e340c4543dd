"""Calls at the same moment, each in a connection of its own, and with what they leave for later done as in production."""

from threading import Barrier, Thread
from unittest import mock

from django.db import connection
from django_tasks import task_backends

IN_PRODUCTION = {"default": {"BACKEND": "newsroom.tasks.AfterCommit"}}


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
    with mock.patch.object(task_backends, "settings", IN_PRODUCTION):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return errors
