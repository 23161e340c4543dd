"""Who is answered where there is no page: staff in the admin, and readers."""

from newsroom.wrong_addresses import answer_staff, is_for_staff
from search.wrong_addresses import page_not_found as answer_readers


def page_not_found(request, exception):
    return (answer_staff if is_for_staff(request) else answer_readers)(request, exception)
