"""Split a formula into tokens: names, numbers, words and signs."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵏˣ", "0123456789+−()niTkx", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₖ", "0123456789+−nijk", strict=True))
SPELLED = {
    "<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "<-": "←", "-": "−", "-=": "−=", "*": "·",
    "...": "…",
}  # fmt: skip
_LETTER = "[A-Za-z\u0370-\u039f\u03a1\u03a4-\u03ff]"  # Latin and Greek, without Π and Σ
_TOKENS = re.compile(
    r'(?P<space> +)|"(?P<words>[^"]*)"'
    r"|(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?|[½⅓¼])"
    rf"|(?P<name>{_LETTER}+\d*(?:\.{_LETTER}\w*)+|{_LETTER}{{2,}}(?:_{_LETTER}{{2,}})+|{_LETTER}+\d*)"
    rf"|(?P<raised>[{''.join(RAISED)}]+)|(?P<lowered>[{''.join(LOWERED)}]+)"
    r"|(?P<sign>\.\.\.|<=|>=|!=|->|<-|\+=|[-−]=|:=|[-+*/_^()\[\]{}|,'=<>~…⋯≠≈≡≤≥←→↦∈∝−±·×@⊙∘√‖∂∇∞Σ∑Π∏])"
)


class FormulaError(ValueError):
    """Raised for a wrong or ambiguous formula; the message says why, and at which character."""

    def __init__(self, why: str, formula: str, at: int, line: int = 1) -> None:
        """Set the reason, the line of text, the position in it, and the line's number."""
        super().__init__(why)
        self.why = why
        self.formula = formula
        self.at = at
        self.line = line

    def __str__(self) -> str:
        return f"{self.why}, at character {self.at + 1} of `{self.formula.strip()}`"


class Token(NamedTuple):
    """A sign, name, number or words; its position, and whether a space is before it."""

    kind: str
    text: str
    at: int
    apart: bool


def tokens(line: str, start: int, number: int) -> list[Token]:
    """Return the tokens of a line from `start` on; raises `FormulaError`."""
    result: list[Token] = []
    at, apart = start, False
    while at < len(line):
        match = _TOKENS.match(line, at)
        if match is None:
            sign_name = unicodedata.name(line[at], "no name")
            why = f"the sign {line[at]!a} ({sign_name}) is unknown"
            raise FormulaError(why, line, at, number)
        kind = str(match.lastgroup)
        if kind != "space":
            text = match[kind]
            result.append(Token(kind, SPELLED.get(text, text), at, apart))
        apart = kind == "space"
        at = match.end()
    return result
