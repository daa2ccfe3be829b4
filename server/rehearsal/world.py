"""What sets a rehearsal's world apart from the live one: its address and its secrets."""

import hashlib
import hmac
from dataclasses import replace

from server.config import Config
from server.keys import Keys, derive_keys
from server.play.terms import PlayTerms, make_terms


def root_of(token: str) -> str:
    """What every address of a rehearsal starts with. The twin of static/game/root.js."""
    return f"/rehearsal/{token}"


def keys_of(keys: Keys, token: str) -> Keys:
    """A rehearsal's own keys: what it shows tells nothing of a live secret, plan or claim code.
    The legal role is the same.
    """
    return derive_keys(hmac.digest(keys.rehearsal, token.encode(), hashlib.sha256), keys.legal)


def config_of(config: Config, token: str) -> Config:
    """The settings as they are, save that every printed link leads into the rehearsal."""
    return replace(config, server=replace(config.server, public_url=config.public_url + root_of(token)))


def terms_of(config: Config, keys: Keys, token: str) -> PlayTerms:
    return make_terms(config_of(config, token), keys_of(keys, token), root_of(token))
