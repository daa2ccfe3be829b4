"""The columns of a sheet, by name, in any order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prizes.sheets.faults import Faults

LINE_OF_HEADER = 1


@dataclass(frozen=True)
class Row:
    """A line of a sheet; a column that the sheet does not have is not among its cells."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Columns:
    """Which columns there must be, may be, and may be but are not read."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    is_secret: bool = False  # where the header should be may stand what no message must quote

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.required + self.optional + self.ignored)

    def check(self, header: Sequence[str], faults: Faults) -> list[str]:
        """The names of a header, lower case.

        Raises Stop when one is missing, unknown or twice there: the lines would be read wrongly.
        """
        names = [name.strip().lower() for name in header]
        wrong = [f"the column {name} is missing" for name in self.required if name not in names]
        wrong += [f"there is no column {'of that name' if self.is_secret else repr(name[:40])}" for name in names
                  if name not in self.known]
        wrong += [f"the column {name} is there {names.count(name)} times" for name in sorted(self.known)
                  if names.count(name) > 1]
        if not wrong:
            return names
        for sentence in wrong[:-1]:
            faults.add(LINE_OF_HEADER, sentence)
        raise faults.stop(LINE_OF_HEADER, wrong[-1])

    def rows(self, names: Sequence[str], records: Iterable[tuple[int, list[str]]], faults: Faults) -> Iterator[Row]:
        """Records as rows. A record without any text is left out, save where the sheet has one column."""
        read = set(self.required + self.optional)
        for line, record in records:
            if len(names) == 1 and not record:
                yield Row(line, {names[0]: ""})
            elif len(names) > 1 and not any(map(str.strip, record)):
                continue
            elif len(record) != len(names):
                faults.add(line, f"{len(record)} cells where the header has {len(names)}")
            else:
                yield Row(line, {name: cell for name, cell in zip(names, record, strict=True) if name in read})
