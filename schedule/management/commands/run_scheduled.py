"""Runs the jobs that are due."""

import io
import logging
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, OperationalError, connections
from django.utils import timezone, translation
from psycopg.errors import UndefinedColumn, UndefinedTable

from schedule.jobs import all_jobs
from schedule.models import job_records
from schedule.rounds import go_round
from schedule.running import RunsElsewhere, describe_error, run_job

logger = logging.getLogger(__name__)
HEADINGS = ("job", "when", "began", "ended well", "took", "state")


class Command(BaseCommand):
    help = (
        "Runs what is due of all that the site does by itself. Call it every minute, or once with --every 60, from as many "
        "hosts as you like; a job that fails keeps no other from running, is told in a line, and tried again a quarter of an "
        "hour later."
    )
    requires_system_checks = []  # every start makes them (prepare_site), and this is called every minute

    def add_arguments(self, parser):
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--list", action="store_true", help="print when each job is due and how it went, and run nothing")
        ways.add_argument("--only", metavar="NAME", help="run this one now, due or not, and print what it says")
        ways.add_argument("--every", metavar="SECONDS", type=int, help="go on, and look so often what is due, until SIGTERM")
        parser.add_argument("--parent", metavar="PID", type=int, help="with --every: end once that process has ended")

    def handle(self, *args, **options):
        self.threads, self.long = ThreadPoolExecutor(), {}  # runs of long jobs by name, as futures of whether they went well
        if options["list"]:
            return self.print_table()
        if options["only"]:
            return self.run_one(options["only"], options["verbosity"])
        if options["every"] is not None:
            return self.go_on(options)
        try:
            has_failed = self.run_due(options)
            went_well = [run.result() for run in self.long.values()]
        except OperationalError as error:  # each minute of a night, perhaps
            raise CommandError(f"The database does not answer: {describe_error(error)}") from error
        if has_failed or not all(went_well):
            sys.exit(1)
        return None

    def go_on(self, options):
        """Do what is due every so many seconds. Nothing that fails ends it.

        A database that is away, or not migrated yet, is told once.
        """

        is_waiting = False

        def work():
            nonlocal is_waiting
            try:
                self.run_due(options)
                is_waiting = False
            except Error as error:
                if isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
                    if not is_waiting:
                        logger.warning("Automatic work waits until the database is migrated: %s", describe_error(error))
                    is_waiting = True
                    return
                logger.exception("Automatic work stands still: %s", describe_error(error))

        if options["every"] < 1:
            raise CommandError("--every takes one second or more.")
        with suppress(KeyboardInterrupt):
            go_round(work, options["every"], options["parent"])

    def run_due(self, options):
        """Begin the long jobs that are due, and run the others; return whether anything went wrong."""
        due = [record.job for record in job_records() if record.is_due(timezone.now())]
        for job in due:
            if job.is_long and (job.name not in self.long or self.long[job.name].done()):
                self.long[job.name] = self.threads.submit(self.try_to_run_in_thread, job, options)
        failed = [not self.try_to_run(job, options) for job in due if not job.is_long]
        return any(failed)

    def run_one(self, name, verbosity):
        if name not in all_jobs():
            raise CommandError(f"There is no job {name}. There are: {', '.join(all_jobs())}.")
        try:
            run_job(all_jobs()[name], is_forced=True, stdout=self.stdout, stderr=self.stderr, verbosity=verbosity)
        except RunsElsewhere:
            raise CommandError(f"{name} is being run already.") from None

    def try_to_run(self, job, options):
        """Run a job, and say what goes wrong; return whether nothing did. What it says itself is for those who ask for it."""
        output = self.stdout if options["verbosity"] > 1 else io.StringIO()
        try:
            run_job(job, stdout=output, stderr=self.stderr, verbosity=options["verbosity"])
        except RunsElsewhere:
            return True
        except Exception as error:
            self.stderr.write(f"{job.name}: {describe_error(error)}")
            if options["traceback"]:
                traceback.print_exc(file=self.stderr)
            return False
        return True

    def try_to_run_in_thread(self, job, options):
        """Run a job in a thread, which has connections of its own; the process does not end before it."""
        try:
            return self.try_to_run(job, options)
        finally:
            connections.close_all()

    def print_table(self):
        with translation.override("en"):
            records = job_records()
            rows = [HEADINGS, *(cells_of(record) for record in records)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row, record in zip(rows, [None, *records], strict=True):
            self.stdout.write("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
            if record and record.error:
                self.stdout.write(f"    failed {minute_of(record.failed_at)}: {record.error}")


def cells_of(record):
    """Return what the table says of a job, as texts."""
    took = f"{record.duration.total_seconds():.1f} s" if record.duration else ""
    moments = minute_of(record.began_at), minute_of(record.ended_well_at)
    return record.name, str(record.job.timing), *moments, took, record.state_words(timezone.now())


def minute_of(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "never"
