"""What a server looks at as it starts."""

import logging

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, Error, connection

from monitoring.checks import COLLECTED, MACHINE

logger = logging.getLogger(__name__)


def log_issues():
    """Log what is wrong with the machine, a line each; a database that is away says so itself when somebody asks."""
    for issue in find_issues():
        level = logging.ERROR if issue.is_serious() else logging.WARNING
        logger.log(level, "%s (%s)", issue.msg, issue.id)


def find_issues():
    """Return what the checks of the machine say, without the database where it does not answer."""
    find = {"tags": [MACHINE, COLLECTED], "include_deployment_checks": True}
    try:
        issues = checks.run_checks(databases=[DEFAULT_DB_ALIAS], **find)
    except Error:
        issues = checks.run_checks(**find)
    finally:
        connection.close()
    return [issue for issue in issues if not issue.is_silenced()]
