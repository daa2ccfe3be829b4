"""Contact details: a child must not be found by what it writes here.

Too many finds cost a moderator a second each; one too few shows a child's number. So the patterns are wide.
"""

from collections.abc import Set

from server.comments.contact_net import find_address, find_handle, find_link
from server.comments.contact_phone import find_phone
from server.comments.contact_place import find_place
from server.comments.normalise import Copy, Span


def find_contact(original: str, copy: Copy, words: Set[str]) -> Span | None:
    """Where the original holds a telephone number, an address of any kind, a handle or a named school.

    `words` are the runs of letters of the copy.
    """
    text = copy.text
    found = (find_phone(text, words) or find_address(text, words) or find_handle(text, words)
             or find_place(original, copy, words))
    return copy.origin(found) if found is not None else None


def find_a_link(copy: Copy, words: Set[str]) -> Span | None:
    """Where in the original a link stands."""
    found = find_link(copy.text, words)
    return copy.origin(found) if found is not None else None
