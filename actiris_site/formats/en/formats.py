"""The English of Europe, with hours up to 24."""

from actiris_site import formats

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y H:i"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
FIRST_DAY_OF_WEEK = 1  # Monday
DATE_INPUT_FORMATS = [*formats.DAYS, "%d %b %Y", "%d %B %Y"]
DATETIME_INPUT_FORMATS = formats.MOMENTS
