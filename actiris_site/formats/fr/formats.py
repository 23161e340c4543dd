from actiris_site import formats

DATE_INPUT_FORMATS = formats.DAYS
DATETIME_INPUT_FORMATS = formats.MOMENTS
