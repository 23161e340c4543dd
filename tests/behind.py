"""Looking at which texts of a page are behind."""

from languages.lags import lags
from tests.publishing import fresh

REFUSED = {"publishing_reason"}  # the field at which whoever publishes what is behind is asked why


def latest(page):
    """Return the latest version of a page, fresh."""
    return fresh(page).get_latest_revision_as_object()


def keys(page, language):
    """Return the keys with which an editor says that the texts in a language are still correct."""
    return [key for lag in lags(latest(page).memory()) if lag.language == language for key in lag.keys]
