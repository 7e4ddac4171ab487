"""Read a formula that was written in one line of plain text, and write it as MathML.

A lesson holds its formulas so that they read well in a terminal too:

    p_i = exp(z_i) / Σ_j exp(z_j)

What is read: names (`x`, `lr`, `fan_in`, `node.grad`; a digit at the end is an index: `W1`),
numbers, `+ − · × * @ /`, `= ≈ < ≤ ← →` and their kin, `x_i`, `x_(ij)`, `x^2`, `e^-x`, `x²`, `Aᵀ`,
`√x`, `Σ_j`, `Σ_(i=1)^n`, `|x|`, `f(x)`, `P[i, j]`, `∂L/∂θ`, and words in double quotes. A
parenthesis that stands directly behind a name is what the name is applied to; behind a space it is
a factor. Two or more spaces part a line into columns.

What could be read in two ways is not guessed: `FormulaError` says where, and what to write.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵀᵏˣ", "0123456789+−()niTkx", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₖ", "0123456789+−nijk", strict=True))
SPELLED = {
    "<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "<-": "←", "-": "−", "-=": "−=", "*": "·",
    "...": "…",
}  # fmt: skip
RELATIONS = frozenset("= ≠ ≈ ≡ < > ≤ ≥ ← → ↦ ∈ ∝ ~ += −= :=".split())
SUMS = frozenset("+−±")
PRODUCTS = frozenset("·×@⊙∘")
BIG = {"Σ": "∑", "∑": "∑", "Π": "∏", "∏": "∏"}
FUNCTIONS = frozenset("log ln exp tanh sinh cosh sin cos tan max min argmax".split())
"""Names that may stand before what they are applied to without a parenthesis."""
CLOSES = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖"}
CLOSING = frozenset(")]}")
APPLIED, TIMES = "\N{FUNCTION APPLICATION}", "\N{INVISIBLE TIMES}"
_LETTER = "[A-Za-z\u0370-\u039f\u03a1\u03a4-\u03ff]"  # Latin and Greek, without Π and Σ
_TOKENS = re.compile(
    r'(?P<space> +)|"(?P<words>[^"]*)"'
    r"|(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?|[½⅓¼])"
    rf"|(?P<name>{_LETTER}+\d*(?:\.{_LETTER}\w*)+|{_LETTER}{{2,}}(?:_{_LETTER}{{2,}})+|{_LETTER}+\d*)"
    rf"|(?P<raised>[{''.join(RAISED)}]+)|(?P<lowered>[{''.join(LOWERED)}]+)"
    r"|(?P<sign>\.\.\.|<=|>=|!=|->|<-|\+=|[-−]=|:=|[-+*/_^()\[\]{}|,'=<>~…⋯≠≈≡≤≥←→↦∈∝−±·×@⊙∘√‖∂∇∞Σ∑Π∏])"
)
_INDICES = re.compile("[i-n]{2,3}")
_COLUMNS = re.compile(" {2,}")


class FormulaError(ValueError):
    """A formula that cannot be read, or could be read in two ways: why, and at which sign."""

    def __init__(self, why: str, formula: str, at: int, line: int = 1) -> None:
        """Take the reason, the line of text, and the place in it."""
        super().__init__(why)
        self.why = why
        self.formula = formula
        self.at = at
        self.line = line

    def __str__(self) -> str:
        return f"{self.why}, at sign {self.at + 1} of `{self.formula.strip()}`"


class Token(NamedTuple):
    """A sign, name, number or words; where it begins, and whether a space stands before it."""

    kind: str
    text: str
    at: int
    apart: bool


@dataclass
class Node:
    """An element of MathML."""

    tag: str
    inside: list[Node] | str
    attributes: str = ""
    group: bool = False
    """Whether it is something in parentheses, which a fraction bar or a root makes needless."""

    def markup(self) -> str:
        """Return the element as text."""
        inside = (
            escape(self.inside, quote=False)
            if isinstance(self.inside, str)
            else "".join(node.markup() for node in self.inside)
        )
        return f"<{self.tag}{self.attributes}>{inside}</{self.tag}>"


def block(text: str) -> str:
    """Return the lines of a formula block as MathML, a row a line; raises `FormulaError`."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            rows.append(_columns(line, number))
    if not rows:
        raise FormulaError("there is no formula", text, 0)
    alt = escape(plain(text).strip())
    if len(rows) == 1 and len(rows[0]) == 1:
        return f'<math display="block" alttext="{alt}">{rows[0][0].markup()}</math>'
    table = Node("mtable", [Node("mtr", [Node("mtd", [cell]) for cell in row]) for row in rows])
    return f'<math display="block" alttext="{alt}">{table.markup()}</math>'


def formula(text: str) -> str:
    """Return one formula as MathML that stands in a line of prose; raises `FormulaError`."""
    return f'<math alttext="{escape(plain(text))}">{_Reader(text, 0, 1).whole().markup()}</math>'


def plain(text: str) -> str:
    """Return a formula as a terminal shows it: words without their quotes."""
    return text.replace('"', "")


def _columns(line: str, number: int) -> list[Node]:
    start = len(line) - len(line.lstrip())
    found, at = [], start
    for gap in [*_COLUMNS.finditer(line.rstrip(), start), None]:
        end = gap.start() if gap else len(line.rstrip())
        found.append(_Reader(line[:end], at, number).whole())
        at = gap.end() if gap else end
    return found


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, line: str, start: int, number: int) -> None:
        self.line = line
        self.number = number
        self.tokens = self._split(start)
        self.next = 0

    def _split(self, at: int) -> list[Token]:
        found: list[Token] = []
        apart = False
        while at < len(self.line):
            match = _TOKENS.match(self.line, at)
            if match is None:
                sign = self.line[at]
                named = unicodedata.name(sign, "no name")
                raise self._error(f"the sign {sign!a} ({named}) is not known here", at)
            kind = str(match.lastgroup)
            if kind != "space":
                text = match[kind]
                found.append(Token(kind, SPELLED.get(text, text), at, apart))
            apart = kind == "space"
            at = match.end()
        return found

    def _error(self, why: str, at: int | None = None) -> FormulaError:
        if at is None:
            token = self._token()
            at = token.at if token else len(self.line)
        return FormulaError(why, self.line, at, self.number)

    def _token(self) -> Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def _sign(self, *wanted: str) -> Token | None:
        """Take the next token if it is one of these signs."""
        token = self._token()
        if token is not None and token.kind == "sign" and token.text in wanted:
            self.next += 1
            return token
        return None

    def _sees(self, *wanted: str, directly: bool = False) -> bool:
        token = self._token()
        if token is None or token.kind != "sign" or token.text not in wanted:
            return False
        return not (directly and token.apart)

    def whole(self) -> Node:
        """Read everything."""
        found = self.phrase("")
        if self._token() is not None:
            raise self._error(f"`{self.tokens[self.next].text}` closes nothing")
        return found

    def phrase(self, end: str) -> Node:
        """Read formulas, words and commas, up to the sign that ends them."""
        parts: list[Node] = []
        after = "nothing"
        while (token := self._token()) is not None and not (end and self._sees(end)):
            if token.kind == "words":
                self.next += 1
                parts.append(_words(token.text, bool(parts), self._goes_on(end)))
                after = "words"
            elif comma := self._sign(","):
                if after in ("nothing", "comma"):
                    raise self._error("nothing stands before this comma", comma.at)
                parts.append(Node("mo", ",", ' separator="true"'))
                after = "comma"
            elif token.kind == "sign" and token.text in CLOSING:
                break
            elif after == "formula":
                raise self._error(
                    "two things stand side by side: write the sign between them, "
                    'or "words" in quotes'
                )
            else:
                parts.append(self.relation())
                after = self.tokens[self.next - 1].kind
                after = "words" if after == "words" else "formula"
        if after == "comma" or (not parts and end not in CLOSING):
            raise self._error("here something is missing")
        return _row(parts)

    def _goes_on(self, end: str) -> bool:
        """Whether something follows but the end and a comma."""
        return self._token() is not None and not self._sees(",", *filter(None, [end]))

    def relation(self) -> Node:
        """Read sums with = < ← and the like between them."""
        return self._chain(RELATIONS, self.sum)

    def sum(self) -> Node:
        """Read products with + and − between them."""
        first = self._sign(*SUMS)
        if first is None:
            return self._chain(SUMS, self.product)
        rest = self._chain(SUMS, self.product)
        inside = rest.inside if rest.tag == "mrow" and not rest.group else [rest]
        assert isinstance(inside, list)
        return _row([Node("mo", first.text, ' form="prefix"'), *inside])

    def _chain(self, signs: frozenset[str], part: object) -> Node:
        assert callable(part)
        parts = [part()]
        while sign := self._sign(*signs):
            parts += [Node("mo", sign.text), part()]
        return _row(parts)

    def product(self) -> Node:
        """Read factors, with a sign between them or none, and fractions among them."""
        parts: list[Node] = []
        while True:
            factor, over = self._fraction()
            parts.append(factor)
            if factor.tag == "mtext":
                return _row(parts)
            if sign := self._sign(*PRODUCTS):
                parts.append(Node("mo", sign.text))
            elif self._begins_factor():
                if over:
                    raise self._error(
                        "is this below the fraction bar or behind it? Put parentheses"
                    )
                self._check_neighbours()
                parts.append(Node("mo", TIMES))
            else:
                return _row(parts)

    open_bars: tuple[str, ...] = ()

    def _begins_factor(self) -> bool:
        token = self._token()
        if token is None:
            return False
        if token.kind == "sign":
            return token.text in BIG or token.text in "([{√∂∇∞" or self._opens_bar(token)
        return token.kind in ("name", "number")

    def _opens_bar(self, token: Token) -> bool:
        """Whether a bar behind a factor opens: it closes unless none is open."""
        return token.text in "|‖" and token.text not in self.open_bars

    def _check_neighbours(self) -> None:
        """Refuse words without quotes, and numbers behind something."""
        before, here = self.tokens[self.next - 1], self.tokens[self.next]
        if here.kind == "number":
            raise self._error("a number stands behind a factor: write `·` between them")
        if here.kind == "name" and before.kind == "name":
            for name in (before, here):
                if len(name.text.rstrip("0123456789")) > 1 and name.text not in FUNCTIONS:
                    raise self._error(
                        f"`{name.text}` stands beside another name: write `·` between them, "
                        'or "words" in quotes', name.at
                    )  # fmt: skip

    def _fraction(self) -> tuple[Node, bool]:
        above = self.factor()
        if not self._sign("/"):
            return above, False
        below = self.factor()
        if self._sees("/"):
            raise self._error("two fraction bars in a row: put parentheses")
        parts = [_bare(above), _bare(below)]
        if all(map(_is_difference, parts)):
            parts = [_difference(part) for part in parts]
        return Node("mfrac", parts), True

    def factor(self) -> Node:
        """Read one factor: a big sum, a root, a function, or something with its indices."""
        token = self._token()
        if token is None:
            raise self._error("here something is missing")
        if token.kind == "sign" and token.text in BIG:
            return self._big()
        if self._sign("√"):
            return Node("msqrt", [_bare(self._scripted())])
        if mark := self._sign("∂", "∇"):
            return _row([Node("mo", mark.text, ' form="prefix"'), self._scripted()])
        if token.kind == "name" and token.text in FUNCTIONS:
            return self._function(token)
        return self._scripted()

    def _big(self) -> Node:
        token = self.tokens[self.next]
        self.next += 1
        sign = Node("mo", BIG[token.text], ' largeop="true"')
        below, above = self._limits()
        if below and above:
            sign = Node("munderover", [sign, below, above])
        elif below or above:
            sign = Node("munder" if below else "mover", [sign, *filter(None, [below, above])])
        return _row([sign, self.product()])

    def _function(self, token: Token) -> Node:
        """Read log P, log²(x), max_j z_j: a name and the one thing that it is applied to."""
        self.next += 1
        name = self._with_scripts(Node("mi", token.text), token.text in ("max", "min", "argmax"))
        if self._sees(*"=,)+−/·") or self._token() is None:
            return name
        if self._sees("("):
            return self._with_scripts(_row([name, Node("mo", APPLIED), self._group()]))
        argument = self._function(inner) if (inner := self._function_here()) else self._scripted()
        if self._begins_factor():
            raise self._error(f"how far does `{token.text}` reach? Put parentheses")
        return _row([name, Node("mo", APPLIED), argument])

    def _function_here(self) -> Token | None:
        token = self._token()
        return token if token and token.kind == "name" and token.text in FUNCTIONS else None

    def _scripted(self) -> Node:
        """Read a name, a number or a group, with indices and exponents, applied to something."""
        token = self._token()
        if token is None:
            raise self._error("here something is missing")
        if token.kind == "sign" and token.text in CLOSES:
            return self._with_scripts(self._group())
        self.next += 1
        if token.kind == "number":
            return self._with_scripts(Node("mn", token.text))
        if token.kind == "sign" and token.text in ("…", "⋯", "∞"):
            return Node("mi" if token.text == "∞" else "mo", token.text)
        if token.kind == "words":
            return _words(token.text, True, self._token() is not None)
        if token.kind != "name":
            raise self._error(f"`{token.text}` has nothing before it", token.at)
        found = self._with_scripts(_name(token.text))
        applied = False
        while self._sees("(", "[", directly=True):
            if self._sees("("):
                found = _row([found, Node("mo", APPLIED), self._group()])
            else:
                found = _row([found, self._group()])
            applied = True
        return self._with_scripts(found) if applied else found

    def _group(self) -> Node:
        opening = self.tokens[self.next]
        closing = CLOSES[opening.text]
        self.next += 1
        before = self.open_bars
        self.open_bars = (closing,) if opening.text in "|‖" else ()
        inside = self.phrase(closing)
        self.open_bars = before
        if not self._sign(closing):
            raise self._error(f"`{opening.text}` is never closed", opening.at)
        fence = ' fence="true"'
        marks = [
            Node("mo", opening.text, fence + ' form="prefix"'),
            Node("mo", closing, fence + ' form="postfix"'),
        ]
        return Node("mrow", [marks[0], inside, marks[1]], group=opening.text == "(")

    def _with_scripts(self, base: Node, under: bool = False) -> Node:
        """Put what is lowered and raised behind something to it."""
        primes = 0
        while self._sees("'", directly=True):
            self.next += 1
            primes += 1
        below, above = self._limits()
        if primes:
            prime = Node("mo", "′" * primes)
            above = prime if above is None else _row([prime, above])
        if below and above:
            return Node("munderover" if under else "msubsup", [base, below, above])
        if below:
            return Node("munder" if under else "msub", [base, below])
        return Node("msup", [base, above]) if above else base

    def _limits(self) -> tuple[Node | None, Node | None]:
        below: Node | None = None
        above: Node | None = None
        while (token := self._token()) is not None and not token.apart:
            if token.kind == "lowered" or self._sees("_"):
                if above is not None or below is not None:
                    raise self._error("write the index first and once: x_i^2, x_(ij)")
                below = self._script(token, LOWERED)
            elif token.kind == "raised" or self._sees("^"):
                if above is not None:
                    raise self._error("an exponent of an exponent: put parentheses")
                above = self._script(token, RAISED)
            else:
                break
        return below, above

    def _script(self, token: Token, signs: dict[str, str]) -> Node:
        self.next += 1
        if token.kind != "sign":
            text = "".join(signs[sign] for sign in token.text)
            return _Reader(text, 0, self.number).whole()
        sign = self._sign(*SUMS)
        inside = self._token()
        if inside is None or inside.apart:
            raise self._error(f"nothing stands behind `{token.text}`")
        if self._sees("("):
            found = _bare(self._group())
        elif inside.kind in ("name", "number"):
            self.next += 1
            found = _index(inside)
            after = self._token()
            if (
                inside.kind == "number" and after and not after.apart
                and (after.kind == "name" or self._sees("("))
            ):  # fmt: skip
                raise self._error("does this belong to the script? Put parentheses")
        else:
            raise self._error(f"behind `{token.text}` a name, a number or a parenthesis is wanted")
        return _row([Node("mo", sign.text, ' form="prefix"'), found]) if sign else found


def _row(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Node("mrow", parts)


def _bare(node: Node) -> Node:
    """Return what is in the parentheses, where a bar, a root or a script stands for them."""
    if not node.group:
        return node
    assert isinstance(node.inside, list)
    return node.inside[1]


def _name(text: str) -> Node:
    """Return a name; digits at its end are an index."""
    letters = text.rstrip("0123456789")
    if "." in text or letters == text:
        return Node("mi", text)
    return Node("msub", [Node("mi", letters), Node("mn", text[len(letters) :])])


def _index(token: Token) -> Node:
    if token.kind == "number":
        return Node("mn", token.text)
    if _INDICES.fullmatch(token.text):
        return _row([Node("mi", letter) for letter in token.text])
    return _name(token.text)


def _is_difference(node: Node) -> bool:
    """Whether something begins with the d of a slope dy/dx."""
    first = node
    while not isinstance(first.inside, str) and first.inside:
        first = first.inside[0]
    return first.tag == "mi" and str(first.inside).startswith("d")


def _difference(node: Node) -> Node:
    """Write the dx of a slope dy/dx as d and x."""
    text = node.inside
    if node.tag == "mi" and isinstance(text, str) and len(text) == 2:
        return _row([Node("mi", "d"), Node("mi", text[1])])
    return node


def _words(text: str, before: bool, after: bool) -> Node:
    """Return words; they keep the spaces beside them, which MathML would drop."""
    gap = "\N{NO-BREAK SPACE}"
    return Node("mtext", gap * before + text + gap * after)
