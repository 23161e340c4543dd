"""Runs Wagtail's deferred tasks after the commit: its own index of pages, and which page refers to what."""

from functools import partial

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend


class AfterCommit(ImmediateBackend):
    """Does such work when the transaction that asked for it is committed, before the answer is sent, and the same work once.

    Within the transaction, as `ImmediateBackend` does it, rows of other pages are written while this page's are locked:
    of two people who published at the same moment, one had the transaction aborted by PostgreSQL (a deadlock), and lost all
    that was typed. What fails now is logged, and nobody's save is lost by it. Whoever publishes saves the page twice.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.done = []  # since something was asked for last: by then, all of an earlier transaction was done, or never will be

    def _execute_task(self, task_result):
        self.done.clear()
        transaction.on_commit(partial(self.execute_once, task_result), robust=True)

    def execute_once(self, task_result):
        work = (task_result.task, task_result.args, task_result.kwargs)
        if work not in self.done:
            self.done.append(work)
            super()._execute_task(task_result)
