"""How likely a person would refuse a text, learned from the site's own rulings. It sorts a page and decides nothing.

Logistic regression over hashed runs of 2 to 4 characters within words, read from the same copy as the rules see;
trained by AdaGrad (Duchi, Hazan and Singer 2011) with both sides weighing the same. numpy alone: what is kept is a
table of numbers, which can do no more than be wrong.
"""

import logging
import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from server.comments.normalise import plain

FILE = "score.npz"  # in the data folder
FORMAT = 1
SIZE = 1 << 16
LENGTHS = (2, 3, 4)
EPOCHS = 5
STEP = 0.5
MOST_REMEMBERED = 4_096  # scores that are kept in memory: the desk asks for the same page every two seconds

log = logging.getLogger(__name__)

Features = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Places of a text's runs in the table, and what each weighs: a vector of length 1."""


class BadModel(Exception):
    """A file holds no model of ours."""


@dataclass(frozen=True)
class Model:
    """`weights` has the shape (65536,)."""

    weights: NDArray[np.float32]
    bias: float

    def score(self, text: str) -> float:
        """From 0, like what was published, to 1, like what was refused."""
        places, values = features(text)
        return _sigmoid(float(self.weights[places] @ values) + self.bias)


def features(text: str) -> Features:
    """The runs of a text's characters, those at the ends of words with a blank beside them."""
    words = (f" {word} " for word in plain(text).split())
    runs = [crc32(word[start:start + length].encode("utf-8", "surrogatepass")) % SIZE
            for word in words for length in LENGTHS for start in range(len(word) + 1 - length)]
    places, counts = np.unique(np.array(runs, np.int64), return_counts=True)
    return places, (counts / max(float(np.linalg.norm(counts)), 1.0)).astype(np.float32)


def train(published: Sequence[str], refused: Sequence[str]) -> Model:
    """A model of texts that people let out and texts that they refused; the same one for the same texts."""
    told = [(features(text), 0) for text in published] + [(features(text), 1) for text in refused]
    weighs = (len(told) / (2 * max(1, len(published))), len(told) / (2 * max(1, len(refused))))
    weights, seen = np.zeros(SIZE, np.float32), np.full(SIZE, 1e-6, np.float32)
    bias, chance = 0.0, np.random.default_rng(1)
    for _ in range(EPOCHS):
        for number in chance.permutation(len(told)):
            (places, values), is_refused = told[number]
            slope = weighs[is_refused] * (_sigmoid(float(weights[places] @ values) + bias) - is_refused)
            seen[places] += (slope * values) ** 2
            weights[places] -= STEP * slope * values / np.sqrt(seen[places])
            bias -= STEP / 10 * slope
    return Model(weights, bias)


def rank_share(model: Model, published: Sequence[str], refused: Sequence[str]) -> float:
    """Of the pairs of a refused and a published text, the share in which the refused one scores higher."""
    low, high = (np.array([model.score(text) for text in texts]) for texts in (published, refused))
    return float(np.mean((high[:, None] > low) + (high[:, None] == low) / 2))


def save_model(model: Model, path: Path) -> None:
    """Write a model in place of the one that is there, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            np.savez_compressed(stream, format=np.int64(FORMAT), weights=model.weights, bias=np.float64(model.bias))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def load_model(path: Path) -> Model:
    """Read a model; nothing in the file is run. Raises BadModel, FileNotFoundError."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            told, weights, bias = int(kept["format"]), kept["weights"], float(kept["bias"])
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, EOFError, AttributeError, zipfile.BadZipFile) as error:
        raise BadModel(f"{path.name} is no model: {error}") from None
    if told != FORMAT or weights.shape != (SIZE,) or weights.dtype != np.float32:
        raise BadModel(f"{path.name} is a model of another version")
    if not (np.isfinite(weights).all() and np.isfinite(bias)):
        raise BadModel(f"{path.name} holds what is no number")
    return Model(weights, bias)


@dataclass
class Scorer:
    """The model of a file, read again when the file changes. Without one, or with a broken one, nothing has a score:
    that is told in the log once for each state of the file.
    """

    path: Path
    _stamp: tuple[int, int] | None = field(default=(-1, -1), init=False)
    _model: Model | None = field(default=None, init=False)
    _known: dict[tuple[str, int], float] = field(default_factory=dict, init=False)

    def scores(self, lines: Iterable[tuple[str, int, str]]) -> list[float] | None:
        """The score of each comment, told as (id, revision, text); None when there is no model. No text is kept."""
        model = self._present()
        return None if model is None else [self._score(model, *line) for line in lines]

    def has_model(self) -> bool:
        """Whether there is one now that can be used."""
        return self._present() is not None

    def _present(self) -> Model | None:
        stamp = self._now()
        if stamp != self._stamp:
            self._stamp, self._model, self._known = stamp, self._read(), {}
        return self._model

    def _score(self, model: Model, comment_id: str, revision: int, text: str) -> float:
        key = (comment_id, revision)
        if key not in self._known:
            while len(self._known) >= MOST_REMEMBERED:
                self._known.pop(next(iter(self._known)), None)
            self._known[key] = model.score(text)
        return self._known[key]

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _read(self) -> Model | None:
        try:
            return load_model(self.path)
        except FileNotFoundError:
            log.warning("the queue is not sorted: there is no %s; `popshot comment learn` makes it", self.path.name)
        except BadModel as error:
            log.warning("the queue is not sorted: %s; `popshot comment learn` makes it anew", error)
        return None


def _sigmoid(value: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(value, -30, 30))))
