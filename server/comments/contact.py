"""Contact details: a child must not be found by what it writes here.

Too many finds cost a moderator a second each; one too few shows a child's number. So the patterns are wide.
"""

from server.comments.contact_net import find_address, find_handle, find_link
from server.comments.contact_phone import find_phone
from server.comments.contact_place import find_place
from server.comments.normalise import Copy, Span
from server.comments.words.readings import Readings


def find_contact(original: str, copy: Copy, readings: Readings) -> Span | None:
    """Where the original holds a telephone number, an address of any kind, a handle or a named school.

    `readings` are those of the copy.
    """
    found = (find_phone(readings) or find_address(readings) or find_handle(readings)
             or find_place(original, copy, readings.words))
    return copy.origin(found) if found is not None else None


def find_a_link(copy: Copy, readings: Readings) -> Span | None:
    """Where in the original a link stands."""
    found = find_link(readings)
    return copy.origin(found) if found is not None else None
