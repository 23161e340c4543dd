"""What comes before and after a string in the list that somebody goes through. Pure."""

from interface_strings.filters import TO_DO


def neighbours(rows, own):
    """Return the keys around the string `own` in a list, given the `(key, work)` of its rows; None where there is none.

    `previous` and `next` are those beside it, `previous_to_do` and `next_to_do` the nearest that need work, from the end of
    the list round to its beginning; `number` is its place, None where it is not in the list, `total` how many there are.
    """
    keys = [key for key, _work in rows]
    place = keys.index(own) if own in keys else None
    before, after = (keys[:place], keys[place + 1 :]) if place is not None else ([], keys)
    in_need = {key for key, work in rows if work == TO_DO}
    to_do = [key for key in (*after, *before) if key in in_need]
    return {
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
        "previous_to_do": to_do[-1] if to_do else None,
        "next_to_do": to_do[0] if to_do else None,
        "number": None if place is None else place + 1,
        "total": len(keys),
    }
