"""The advisory locks that transactions take in the site's database, by the numbers under which PostgreSQL knows them."""

from enum import IntEnum, unique

from django.db import connection


@unique  # who shared a number would wait for the other
class AdvisoryLock(IntEnum):
    """What each lock keeps in order. The numbers stay as they are: for some minutes, two releases run side by side."""

    ADDRESSES = 4_107_292_001
    DIRECTORY = 7_104_402
    DIFFERENCES = 7_104_403
    TERM_NAMES = 7_104_404
    VISITS = 1_986_622_313
    FIRST_LOGINS = 4_107_294_001
    PACKAGES = 4_107_295_000

    def wait(self, shared=False):
        """Wait for the lock, and hold it until the end of the transaction: alone, or with all others that share it."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'_shared' if shared else ''}(%s)", [self.value])
