"""The secrets: made at the first start in files of mode 600, one derived key for each purpose.

One pair stands apart: to `legal.pub` the contribution log is sealed, and only `legal.key` opens it. Serving needs the
public half alone, so the other file may be taken away from this machine.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

FILE_NAME = "popshot.key"
LEGAL_FILE, LEGAL_PUBLIC_FILE = "legal.key", "legal.pub"
MASTER_BYTES = 32
NOBODY = hashlib.sha256(b"popshot: the public key of nobody").digest()  # nobody has the private half


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
    preview: bytes  # signs the passes by which staff see a campaign before it is published
    visit: bytes  # signs the cookies of staff
    friend: bytes  # HMAC(friend, campaign and player) is the link by which a player brings friends
    report: bytes  # keyed hashes of the networks that report comments, tied to no other hash of a network
    poster: bytes  # signs the codes on posters and packs
    legal: bytes  # public: the contribution log is sealed to it, and opened by no key of this list


def derive_keys(master: bytes, legal: bytes = NOBODY) -> Keys:
    """Derive the purposes' keys: HMAC-SHA256(master, "popshot:" + purpose). `legal` is the legal role's public key;
    without one nobody will ever open the contribution log.
    """
    purposes = ("round", "claim", "proof", "address", "look", "plan", "move", "rehearsal", "person", "vouchers",
                "preview", "visit", "friend", "report", "poster")
    return Keys(**{name: hmac.digest(master, f"popshot:{name}".encode(), hashlib.sha256) for name in purposes},
                legal=legal)


def load_keys(folder: Path) -> Keys:
    """Read the master secret and the legal role's public key, making them when the folder has none yet (folder 700,
    files 600).

    Raises BadKeys when a file is short or can be read by others.
    """
    path = folder / FILE_NAME
    if not path.exists():
        _keep(path, secrets.token_hex(MASTER_BYTES))
    master = read_key(path)
    return derive_keys(master, _load_legal(folder))


def read_key(path: Path) -> bytes:
    """The bytes that a key's file holds as hex digits, 32 at least; raises BadKeys."""
    if path.stat().st_mode & 0o077:
        raise BadKeys(f"{path} can be read by others; run: chmod 600 {path}")
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (UnicodeDecodeError, ValueError):
        raise BadKeys(f"{path} does not hold hex digits") from None
    if len(key) < MASTER_BYTES:
        raise BadKeys(f"{path} holds {len(key)} bytes; {MASTER_BYTES} are the least")
    return key


def _load_legal(folder: Path) -> bytes:
    """The public half of the legal role's pair. The private one is read here once, when the pair is made."""
    private, public = folder / LEGAL_FILE, folder / LEGAL_PUBLIC_FILE
    if not public.exists():
        if not private.exists():
            _keep(private, X25519PrivateKey.generate().private_bytes_raw().hex())
        _keep(public, public_half(read_key(private), private).hex())
    key = read_key(public)
    if len(key) != MASTER_BYTES:
        raise BadKeys(f"{public} holds {len(key)} bytes; a public key has {MASTER_BYTES}")
    return key


def public_half(private: bytes, path: Path) -> bytes:
    """The public key of the legal role's private one, which was read from a path; raises BadKeys."""
    if len(private) != MASTER_BYTES:
        raise BadKeys(f"{path} holds {len(private)} bytes; a private key has {MASTER_BYTES}")
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _keep(path: Path, secret: str) -> None:
    """Write a new secret under a temporary name, then link it: of two starts at once one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{secret}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it first; both read the same file from here on
    finally:
        draft.unlink()
