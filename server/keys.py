"""The secrets: made at the first start in a file of mode 600, one derived key for each purpose."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "popshot.key"
MASTER_BYTES = 32


class BadKeys(Exception):
    """The secret cannot be used as it lies there; the sentence says why."""


@dataclass(frozen=True, repr=False)  # a key in a log line would be a leak
class Keys:
    """One 32-byte key a purpose, all derived from the master, so that none can stand in for another."""

    round: bytes  # HMAC(round, round id) is a round's secret
    claim: bytes  # HMAC(claim, award id) is an award's claim code
    proof: bytes  # signs proof-of-work challenges
    address: bytes  # keyed hashes of clients' addresses
    look: bytes  # HMAC(look, round id) lets a reviewer watch a round that is not public
    plan: bytes  # makes the moments of instant wins and the secrets of draws
    move: bytes  # signs the codes by which a player moves to another device
    rehearsal: bytes  # HMAC(rehearsal, token) is the master of a rehearsal's own keys
    person: bytes  # keyed hashes of who claimed, for the caps by person and household
    vouchers: bytes  # seals voucher codes and makes their fingerprints
    desk: bytes  # signs the links that let moderators in


def derive_keys(master: bytes) -> Keys:
    """Derive the purposes' keys: HMAC-SHA256(master, "popshot:" + purpose)."""
    purposes = ("round", "claim", "proof", "address", "look", "plan", "move", "rehearsal", "person", "vouchers",
                "desk")
    return Keys(**{name: hmac.digest(master, f"popshot:{name}".encode(), hashlib.sha256) for name in purposes})


def load_keys(folder: Path) -> Keys:
    """Read the master secret, making it when the folder has none yet (folder 700, file 600).

    Raises BadKeys when the file is short or can be read by others.
    """
    path = folder / FILE_NAME
    if not path.exists():
        _make_secret(path)
    if path.stat().st_mode & 0o077:
        raise BadKeys(f"{path} can be read by others; run: chmod 600 {path}")
    try:
        master = bytes.fromhex(path.read_text("ascii").strip())
    except (UnicodeDecodeError, ValueError):
        raise BadKeys(f"{path} does not hold hex digits") from None
    if len(master) < MASTER_BYTES:
        raise BadKeys(f"{path} holds {len(master)} bytes; {MASTER_BYTES} are the least")
    return derive_keys(master)


def _make_secret(path: Path) -> None:
    """Write a new master secret under a temporary name, then link it: of two starts at once one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(MASTER_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it first; both read the same file from here on
    finally:
        draft.unlink()
