"""Parse a formula by recursive descent: a method per level of precedence."""

from __future__ import annotations

from collections.abc import Callable

from .formula_tokens import LOWERED, RAISED, FormulaError, Token, tokens
from .mathml import Node, bare, differential, index, is_differential, name, row, words

RELATIONS = frozenset("= ≠ ≈ ≡ < > ≤ ≥ ← → ↦ ∈ ∝ ~ += −= :=".split())
SUMS = frozenset("+−±")
PRODUCTS = frozenset("·×@⊙∘")
BIG = {"Σ": "∑", "∑": "∑", "Π": "∏", "∏": "∏"}
FUNCTIONS = frozenset("log ln exp tanh sinh cosh sin cos tan max min argmax".split())
"""Names of functions that can be applied without parentheses."""
CLOSES = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖"}
CLOSING = frozenset(")]}")
APPLIED, TIMES = "\N{FUNCTION APPLICATION}", "\N{INVISIBLE TIMES}"


class Reader:
    """Parses one formula from left to right."""

    def __init__(self, line: str, start: int, number: int) -> None:
        self.line = line
        self.number = number
        self.tokens = tokens(line, start, number)
        self.next = 0

    def _error(self, why: str, at: int | None = None) -> FormulaError:
        if at is None:
            token = self._token()
            at = token.at if token else len(self.line)
        return FormulaError(why, self.line, at, self.number)

    def _token(self) -> Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def _sign(self, *wanted: str) -> Token | None:
        """Return the next token and advance, if it is one of these signs."""
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
        """Parse the whole formula; raises `FormulaError`."""
        result = self.phrase("")
        if self._token() is not None:
            raise self._error(f"`{self.tokens[self.next].text}` has no opening counterpart")
        return result

    def phrase(self, end: str) -> Node:
        """Parse formulas, words and commas, up to the closing sign."""
        parts: list[Node] = []
        after = "nothing"
        while (token := self._token()) is not None and not (end and self._sees(end)):
            if token.kind == "words":
                self.next += 1
                parts.append(words(token.text, bool(parts), self._goes_on(end)))
                after = "words"
            elif comma := self._sign(","):
                if after in ("nothing", "comma"):
                    raise self._error("there is nothing before this comma", comma.at)
                parts.append(Node("mo", ",", ' separator="true"'))
                after = "comma"
            elif token.kind == "sign" and token.text in CLOSING:
                break
            elif after == "formula":
                raise self._error(
                    "two expressions are side by side: write the sign between them, "
                    'or "words" in quotes'
                )
            else:
                parts.append(self.relation())
                after = self.tokens[self.next - 1].kind
                after = "words" if after == "words" else "formula"
        if after == "comma" or (not parts and end not in CLOSING):
            raise self._error("something is missing here")
        return row(parts)

    def _goes_on(self, end: str) -> bool:
        """Return whether anything follows except a comma or the closing sign."""
        return self._token() is not None and not self._sees(",", *filter(None, [end]))

    def relation(self) -> Node:
        """Parse sums with relations such as = < ← between them."""
        return self._chain(RELATIONS, self.sum)

    def sum(self) -> Node:
        """Parse products with + and − between them."""
        first = self._sign(*SUMS)
        if first is None:
            return self._chain(SUMS, self.product)
        rest = self._chain(SUMS, self.product)
        inside = rest.inside if rest.tag == "mrow" and not rest.group else [rest]
        assert isinstance(inside, list)
        return row([Node("mo", first.text, ' form="prefix"'), *inside])

    def _chain(self, signs: frozenset[str], part: Callable[[], Node]) -> Node:
        parts = [part()]
        while sign := self._sign(*signs):
            parts += [Node("mo", sign.text), part()]
        return row(parts)

    def product(self) -> Node:
        """Parse factors and fractions, with or without a sign between them."""
        parts: list[Node] = []
        while True:
            factor, over = self._fraction()
            parts.append(factor)
            if factor.tag == "mtext":
                return row(parts)
            if sign := self._sign(*PRODUCTS):
                parts.append(Node("mo", sign.text))
            elif self._begins_factor():
                if over:
                    raise self._error("is this below the fraction bar or after it? Put parentheses")
                self._check_neighbours()
                parts.append(Node("mo", TIMES))
            else:
                return row(parts)

    open_bars: tuple[str, ...] = ()

    def _begins_factor(self) -> bool:
        token = self._token()
        if token is None:
            return False
        if token.kind == "sign":
            return token.text in BIG or token.text in "([{√∂∇∞" or self._opens_bar(token)
        return token.kind in ("name", "number")

    def _opens_bar(self, token: Token) -> bool:
        """Return whether a bar after a factor opens a group: it does unless one is open."""
        return token.text in "|‖" and token.text not in self.open_bars

    def _check_neighbours(self) -> None:
        """Raise `FormulaError` for words without quotes, and for a number after a factor."""
        before, here = self.tokens[self.next - 1], self.tokens[self.next]
        if here.kind == "number":
            raise self._error("a number follows a factor: write `·` between them")
        if here.kind == "name" and before.kind == "name":
            for name in (before, here):
                if len(name.text.rstrip("0123456789")) > 1 and name.text not in FUNCTIONS:
                    raise self._error(
                        f"`{name.text}` is next to another name: write `·` between them, "
                        'or "words" in quotes', name.at
                    )  # fmt: skip

    def _fraction(self) -> tuple[Node, bool]:
        above = self.factor()
        if not self._sign("/"):
            return above, False
        below = self.factor()
        if self._sees("/"):
            raise self._error("two fraction bars in a row: put parentheses")
        parts = [bare(above), bare(below)]
        if all(map(is_differential, parts)):
            parts = [differential(part) for part in parts]
        return Node("mfrac", parts), True

    def factor(self) -> Node:
        """Parse one factor: a sum or product sign, a root, a function, or a term with indices."""
        token = self._token()
        if token is None:
            raise self._error("something is missing here")
        if token.kind == "sign" and token.text in BIG:
            return self._big()
        if self._sign("√"):
            return Node("msqrt", [bare(self._scripted_term())])
        if mark := self._sign("∂", "∇"):
            return row([Node("mo", mark.text, ' form="prefix"'), self._scripted_term()])
        if token.kind == "name" and token.text in FUNCTIONS:
            return self._function(token)
        return self._scripted_term()

    def _big(self) -> Node:
        token = self.tokens[self.next]
        self.next += 1
        sign = Node("mo", BIG[token.text], ' largeop="true"')
        below, above = self._limits()
        if below and above:
            sign = Node("munderover", [sign, below, above])
        elif below or above:
            sign = Node("munder" if below else "mover", [sign, *filter(None, [below, above])])
        return row([sign, self.product()])

    def _function(self, token: Token) -> Node:
        """Parse a function and its one argument: log P, log²(x), max_j z_j."""
        self.next += 1
        name = self._with_scripts(Node("mi", token.text), token.text in ("max", "min", "argmax"))
        if self._sees(*"=,)+−/·") or self._token() is None:
            return name
        if self._sees("("):
            return self._with_scripts(row([name, Node("mo", APPLIED), self._group()]))
        argument = (
            self._function(inner) if (inner := self._function_here()) else self._scripted_term()
        )
        if self._begins_factor():
            raise self._error(f"how far does `{token.text}` reach? Put parentheses")
        return row([name, Node("mo", APPLIED), argument])

    def _function_here(self) -> Token | None:
        token = self._token()
        return token if token and token.kind == "name" and token.text in FUNCTIONS else None

    def _scripted_term(self) -> Node:
        """Parse a name, a number or a group, with indices, exponents and arguments."""
        token = self._token()
        if token is None:
            raise self._error("something is missing here")
        if token.kind == "sign" and token.text in CLOSES:
            return self._with_scripts(self._group())
        self.next += 1
        if token.kind == "number":
            return self._with_scripts(Node("mn", token.text))
        if token.kind == "sign" and token.text in ("…", "⋯", "∞"):
            return Node("mi" if token.text == "∞" else "mo", token.text)
        if token.kind == "words":
            return words(token.text, True, self._token() is not None)
        if token.kind != "name":
            raise self._error(f"`{token.text}` has nothing before it", token.at)
        term = self._with_scripts(name(token.text))
        applied = False
        while self._sees("(", "[", directly=True):
            if self._sees("("):
                term = row([term, Node("mo", APPLIED), self._group()])
            else:
                term = row([term, self._group()])
            applied = True
        return self._with_scripts(term) if applied else term

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
        """Return an element with the indices and exponents that follow it."""
        primes = 0
        while self._sees("'", directly=True):
            self.next += 1
            primes += 1
        below, above = self._limits()
        if primes:
            prime = Node("mo", "′" * primes)
            above = prime if above is None else row([prime, above])
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
            return Reader(text, 0, self.number).whole()
        sign = self._sign(*SUMS)
        inside = self._token()
        if inside is None or inside.apart:
            raise self._error(f"there is nothing after `{token.text}`")
        if self._sees("("):
            script = bare(self._group())
        elif inside.kind in ("name", "number"):
            self.next += 1
            script = index(inside.kind, inside.text)
            after = self._token()
            if (
                inside.kind == "number" and after and not after.apart
                and (after.kind == "name" or self._sees("("))
            ):  # fmt: skip
                raise self._error("does this belong to the script? Put parentheses")
        else:
            raise self._error(f"`{token.text}` needs a name, a number or a parenthesis after it")
        return row([Node("mo", sign.text, ' form="prefix"'), script]) if sign else script
