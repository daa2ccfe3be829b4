"""A campaign's own words: what its comments are held for beside the lists of all, and what they are not held for.

They are no part of what was promised, so they may change at any time; each comment is read with those of its moment.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from server.campaigns.campaign import Campaign, find_locked
from server.campaigns.strict_table import BadDraft, Read, list_of, must
from server.campaigns.theme import is_line
from server.db import transaction

MOST_WORDS = 500
MOST_CHARACTERS = 60
FEWEST_LETTERS = 3  # of a part of a word: fewer would hold half the language


def banned_words(value: Any, name: str) -> list[str]:
    """The words of a list, each once; raises BadDraft."""
    words = (f"a word or phrase of 1 to {MOST_CHARACTERS} characters, where a * at an end stands for more letters "
             f"beside {FEWEST_LETTERS} or more")
    return _words(must(_is_banned, words, "banned_word", most=MOST_CHARACTERS, least=FEWEST_LETTERS), value, name)


def allowed_words(value: Any, name: str) -> list[str]:
    """The words of a list, each once; raises BadDraft."""
    words = f"a word or phrase of 1 to {MOST_CHARACTERS} characters without a *"
    return _words(must(_is_word, words, "allowed_word", most=MOST_CHARACTERS), value, name)


def require_apart(banned: Collection[str], allowed: Collection[str]) -> None:
    """Raises BadDraft for a word that is in both lists."""
    for word in banned:
        if _among(word, allowed):
            raise BadDraft(f"{word!r} is both in banned_words and in allowed_words", "banned_words",
                           "both_lists", word=word)


def change_words(session: Session, slug: str, ban: Sequence[str] = (), allow: Sequence[str] = (),
                 drop: Sequence[str] = ()) -> Campaign | None:
    """Ban and allow words in a campaign and drop others from its lists; None when there is no such campaign. What is
    banned is no longer allowed, and the other way round.

    Raises BadDraft for what is no word, for one to drop that is in neither list, and when a list gets too long.
    """
    with transaction(session):
        campaign = find_locked(session, slug)
        if campaign is None:
            return None
        for word in drop:
            if not _among(word, (*campaign.banned_words, *campaign.allowed_words)):
                raise BadDraft(f"{slug} neither bans nor allows {word!r}")
        banned = banned_words([*_without(campaign.banned_words, (*allow, *drop)), *ban], "the banned words")
        allowed = allowed_words([*_without(campaign.allowed_words, (*ban, *drop)), *allow], "the allowed words")
        require_apart(banned, allowed)
        campaign.banned_words, campaign.allowed_words = banned, allowed
    return campaign


def _words(read: Read[str], value: Any, name: str) -> list[str]:
    words = list(dict.fromkeys(list_of(read)(value, name)))
    if len(words) > MOST_WORDS:
        raise BadDraft(f"{name} may be {MOST_WORDS} at most, not {len(words)}", name, "too_many",
                       most=MOST_WORDS)
    return words


def _without(words: Sequence[str], gone: Collection[str]) -> list[str]:
    return [word for word in words if not _among(word, gone)]


def _among(word: str, words: Iterable[str]) -> bool:
    return word.casefold() in map(str.casefold, words)


def _is_word(value: Any) -> bool:
    return is_line(value, MOST_CHARACTERS) and "*" not in value and any(map(str.isalpha, value))


def _is_banned(value: Any) -> bool:
    if not is_line(value, MOST_CHARACTERS):
        return False
    middle = value.removeprefix("*").removesuffix("*")
    return _is_word(middle) and (middle == value or sum(map(str.isalpha, middle)) >= FEWEST_LETTERS)
