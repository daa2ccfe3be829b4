"""What is wrong with a file, line by line: the first faults in full, the rest counted."""

from dataclasses import dataclass
from heapq import heappush, heappushpop

MOST_TOLD = 50


@dataclass(frozen=True)
class Fault:
    """`sentence` never quotes what may be secret."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


class BadSheet(Exception):
    """A file of which nothing was taken: its first faults by line, and how many there are in all."""

    def __init__(self, faults: list[Fault], count: int) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
        self.count = count


class Faults:
    """Gathers faults in any order and keeps those of the first lines."""

    def __init__(self) -> None:
        self._last_first: list[tuple[int, int, str]] = []
        self.count = 0

    def add(self, line: int, sentence: str) -> None:
        self.count += 1
        entry = (-line, -self.count, sentence)
        if len(self._last_first) < MOST_TOLD:
            heappush(self._last_first, entry)
        else:
            heappushpop(self._last_first, entry)

    def count_more(self, more: int) -> None:
        """Count faults of lines behind those that were added, without telling them."""
        self.count += more

    def raise_any(self) -> None:
        """Raises BadSheet when there is a fault."""
        if self.count:
            told = [Fault(-line, sentence) for line, _, sentence in sorted(self._last_first, reverse=True)]
            raise BadSheet(told, self.count)

    def stop(self, line: int, sentence: str) -> "Stop":
        """What to raise when nothing behind this line can be read."""
        self.add(line, sentence)
        return Stop()


class Stop(Exception):
    """The rest of a file cannot be read; the fault is among those gathered."""
