"""Runs Wagtail's deferred tasks after the commit: its own index of pages, and which page refers to what."""

from functools import partial

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class AfterCommit(ImmediateBackend):
    """Does such work when the transaction that asked for it is committed, before the answer is sent.

    Within the transaction, as `ImmediateBackend` does it, rows of other pages are written while this page's are locked:
    of two people who published at the same moment, one had the transaction aborted by PostgreSQL (a deadlock), and lost all
    that was typed. What fails now is logged, and nobody's save is lost by it.
    """

    def _execute_task(self, task_result):
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)
