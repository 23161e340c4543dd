"""How days and hours are typed and shown where Django's own formats of a language differ: day first, as all of Belgium writes.

A folder for each language, as Django's `FORMAT_MODULE_PATH` asks for; ISO 8601 is understood in each.
"""

DAYS = [f"%d{mark}%m{mark}{year}" for mark in "/-." for year in ("%Y", "%y")]
MOMENTS = [f"{day} {hour}" for day in DAYS for hour in ("%H:%M", "%H:%M:%S", "%H.%M")]
