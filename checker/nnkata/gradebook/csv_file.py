"""Read and write CSV files of other programs, in their own format, and the numbers in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from ..errors import KataError, suggest
from ..text.sanitize import number as plain_number

FORMULA = "=+-@\t\r＝＋－＠"
_NUMBER = re.compile(r"[+-]?\d+(?:[.,'’\u00a0\u202f ]\d+)*")
_SPACES = re.compile(r"['’\u00a0\u202f ]")
"""Characters that can only be thousands separators."""


class CsvFile(Struct):
    """The rows of a CSV file, and its format."""

    rows: list[list[str]]
    delimiter: str
    ending: str
    byte_order_mark: str

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return self.rows[0]

    def column(self, name: str) -> int:
        """Return the index of a column; raises `KataError` unless there is exactly one."""
        places = [place for place, title in enumerate(self.header) if title.strip() == name]
        if len(places) == 1:
            return places[0]
        if places:
            raise KataError(
                f"the file has {len(places)} columns named `{name}`",
                next_step="export it again, with one column of that name",
            )
        raise KataError(
            f"the file has no column `{name}`",
            next_step=suggest(name, self.header, "`{}`", cutoff=0.3)
            or f"it has: {', '.join(filter(None, self.header))}",
        )

    def text(self) -> str:
        """Return the file's text with its line endings and byte order mark."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=self.ending).writerows(self.rows)
        return self.byte_order_mark + out.getvalue()


class NumberFormat(Struct, frozen=True):
    """The number format of a file: its decimal separator and its thousands separator."""

    decimal: str = "."
    thousands: str = ""

    def parse(self, text: str) -> float | None:
        """Return a number, or None for a text that is not a number in this format."""
        text = text.strip()
        if not _NUMBER.fullmatch(text):
            return None
        whole, _, rest = text.partition(self.decimal)
        groups = re.split(r"[.,'’\u00a0\u202f ]", whole)
        if (rest and not rest.isdecimal()) or any(len(group) != 3 for group in groups[1:]):
            return None
        return float(f"{''.join(groups)}.{rest or 0}")

    def write(self, value: float) -> str:
        """Return a number with at most two decimals, in this format."""
        whole, _, rest = plain_number(value).partition(".")
        if self.thousands:
            whole = f"{int(whole):,}".replace(",", self.thousands)
        return f"{whole}{self.decimal}{rest}" if rest else whole


def read_csv(path: Path) -> str:
    """Return the text of a CSV file; raises `KataError`."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KataError(
            f"{path} cannot be read: {error}", next_step="export it again, as UTF-8"
        ) from None


def read_table(text: str) -> CsvFile:
    """Return a CSV file from its text; the delimiter is found in the first line."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark) if mark else text
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda d: len(next(csv.reader([first], delimiter=d), [])))
    ending = "\r\n" if first.endswith("\r") else "\n"
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise KataError(
            f"the export cannot be read as CSV: {error}", next_step="export it again"
        ) from None
    if not rows or not rows[0]:
        raise KataError("the export is empty", next_step="export it again")
    return CsvFile(rows, delimiter, ending, mark)


def safe_cell(text: str) -> str:
    """Return text that a spreadsheet does not interpret as a formula."""
    return f"'{text}" if text.startswith(tuple(FORMULA)) else text


def find_number_format(cells: Iterable[str], others: Iterable[str], delimiter: str) -> NumberFormat:
    """Return the number format of a file.

    Args:
        cells: the cells that will be read or written.
        others: the other cells, which decide if `cells` do not.
        delimiter: the file's delimiter; if no cell decides, a semicolon implies decimal commas.

    Raises:
        KataError: two cells have different formats, or a cell can be read in two ways.
    """
    found: dict[str, str] = {}
    thousands, unclear = "", ""
    for cell in map(str.strip, cells):
        decimal, group = _read_signs(cell)
        thousands = thousands or group
        if decimal:
            found.setdefault(decimal, cell)
        elif _NUMBER.fullmatch(cell) and re.search("[.,]", cell) and not group:
            unclear = unclear or cell
    if len(found) > 1:
        raise KataError(
            f"the file has numbers in two formats: {found['.']} and {found[',']}",
            next_step="give the decimal separator: --decimal . or --decimal ,",
        )
    if found:
        return NumberFormat(next(iter(found)), thousands)
    if thousands in (".", ","):
        return NumberFormat("," if thousands == "." else ".", thousands)
    if unclear:
        raise KataError(
            f"{unclear} can be read in two ways",
            next_step="give the decimal separator: --decimal . or --decimal ,",
        )
    elsewhere = {sign for cell in others if (sign := _read_signs(cell.strip())[0])}
    if len(elsewhere) == 1:
        return NumberFormat(elsewhere.pop(), thousands)
    return NumberFormat("," if delimiter == ";" else ".", thousands)


def _read_signs(cell: str) -> tuple[str, str]:
    """Return the decimal and the thousands separator of a cell, each "" if it is not known."""
    if not _NUMBER.fullmatch(cell):
        return "", ""
    spaces = _SPACES.search(cell)
    group = spaces[0] if spaces else ""
    signs = [sign for sign in cell if sign in ".,"]
    if len(set(signs)) == 2:
        return signs[-1], signs[0]
    if len(signs) > 1:
        return "", signs[0]
    if not signs:
        return "", group
    whole, _, rest = cell.partition(signs[0])
    decides = group or len(rest) != 3 or len(whole.lstrip("+-")) > 3 or whole.lstrip("+-") == "0"
    return (signs[0], group) if decides else ("", "")
