"""When the work is done that Wagtail leaves for later: its own index of pages, and which page refers to what."""

from functools import partial

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class AfterCommit(ImmediateBackend):
    """Does such work when the transaction that asked for it is committed, before the answer is sent.

    Within the transaction, as `ImmediateBackend` does it, rows of other pages are written while those of the own one are held:
    of two people who publish at the same moment, one was thrown out by PostgreSQL (a deadlock) with all that was typed. What
    fails now is logged, and nobody's save is lost by it.
    """

    def _execute_task(self, task_result):
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)
