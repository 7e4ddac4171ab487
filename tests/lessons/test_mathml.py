"""A formula of plain text becomes MathML that means the same, or an error that says where."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnkata.lessons.formula import FormulaError, block, formula, plain

SHORT = {
    "mi": "{}", "mn": "{}", "mo": "{}", "mtext": "“{}”", "mfrac": "frac({}, {})",
    "msub": "sub({}, {})", "msup": "sup({}, {})", "msubsup": "subsup({}, {}, {})",
    "munder": "under({}, {})", "munderover": "underover({}, {}, {})", "mover": "over({}, {})",
    "msqrt": "root({})",
}  # fmt: skip


def meaning(element: ElementTree.Element) -> str:
    """Write an element's structure: every row in its own parentheses."""
    parts = [meaning(child) for child in element]
    if element.tag in SHORT:
        text = (element.text or "").replace("\N{NO-BREAK SPACE}", "_")
        return SHORT[element.tag].format(*(parts or [text]))
    if element.tag == "mrow":
        return "[" + " ".join(parts) + "]"
    return {"mtable": " // ", "mtr": " & "}.get(element.tag, " ").join(parts)


def read(text: str) -> str:
    found = meaning(ElementTree.fromstring(block(text)))
    return found.replace("\N{FUNCTION APPLICATION}", "of").replace("\N{INVISIBLE TIMES}", "×")


@pytest.mark.parametrize(
    ("text", "meant"),
    {
        "a + b · c": "[a + [b · c]]",
        "a / b · c": "[frac(a, b) · c]",
        "a · b / c": "[a · frac(b, c)]",
        "a - b - c": "[a − b − c]",
        "-x": "[− x]",
        "(a + b) / (2h)": "frac([a + b], [2 × h])",
        "f(x)": "[f of [( x )]]",
        "s (1 - s)": "[s × [( [1 − s] )]]",
        "f(x)²": "sup([f of [( x )]], 2)",
        "tanh'(x)": "[sup(tanh, ′) of [( x )]]",
        "e^-x": "sup(e, [− x])",
        "e^(2x)": "sup(e, [2 × x])",
        "x_i^2": "subsup(x, i, 2)",
        "xᵢ²": "subsup(x, i, 2)",
        "x⁻¹": "sup(x, [− 1])",
        "Aᵀ": "sup(A, T)",
        "W1": "sub(W, 1)",
        "z_ij": "sub(z, [i j])",
        "fan_in": "fan_in",
        "node.grad": "node.grad",
        "Σ_j exp(z_j)": "[under(∑, j) [exp of [( sub(z, j) )]]]",
        "Σ_(i=1)^n x_i + 1": "[[underover(∑, [i = 1], n) sub(x, i)] + 1]",
        "Π x": "[∏ x]",
        "√(a + b)": "root([a + b])",
        "±√(6/(a + b))": "[± root(frac(6, [a + b]))]",
        "√2 x": "[root(2) × x]",
        "|a − b| / max(c, |a| + |b|)": (
            "frac([| [a − b] |], [max of [( [c , [[| a |] + [| b |]]] )]])"
        ),
        "max_j |z_j|": "[under(max, j) of [| sub(z, j) |]]",
        "log P[i, j]": "[log of [P [[ [i , j] ]]]]",
        "ln 10": "[ln of 10]",
        "∂L/∂θ": "frac([∂ L], [∂ θ])",
        "dt/dx": "frac([d t], [d x])",
        "d(child)/dv": "frac([d of [( child )]], [d v])",
        "data/two": "frac(data, two)",
        "θ ← θ − lr · g": "[θ ← [θ − [lr · g]]]",
        "a <= b < c": "[a ≤ b < c]",
        "x += y * z": "[x += [y · z]]",
        "X @ W1 + b1": "[[X @ sub(W, 1)] + sub(b, 1)]",
        "a_1 x_1 + ... + a_n x_n": "[[sub(a, 1) × sub(x, 1)] + … + [sub(a, n) × sub(x, n)]]",
        '∂("the mean")/∂θ': "frac([∂ [( “the mean” )]], [∂ θ])",
        '1 "where" x > 0, 0 "else"': "[1 “_where_” [x > 0] , 0 “_else”]",
        'b = "sums of" D': "[[b = “_sums of_”] D]",
        "a = b    (N, H)": "[a = b] & [( [N , H] )]",
        "a\nb  c": "a // b & c",
    }.items(),
)
def test_a_formula_means_what_was_written(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "why", "at"),
    [
        ("a / b c", "below the fraction bar or after", 7),
        ("a / b / c", "two fraction bars", 7),
        ("log 2x", "how far does `log` reach", 6),
        ("e^2x", "does this belong to the script", 4),
        ("x^2^3", "an exponent of an exponent", 4),
        ("x^2_i", "write the index first", 4),
        ("x^", "there is nothing after `^`", 3),
        ("x^ 2", "there is nothing after `^`", 4),
        ("over all", "`over` is next to another name", 1),
        ("x all", "`all` is next to another name", 3),
        ("2 3", "write `·` between them", 3),
        ("(a", "`(` is never closed", 1),
        ("(a]", "`(` is never closed", 1),
        ("|a", "`|` is never closed", 1),
        ("a)", "`)` has no opening counterpart", 2),
        ("a $ b", "DOLLAR SIGN", 3),
        ("a 🙂", "is unknown", 3),
        ("1 +", "something is missing", 4),
        ("= 1", "`=` has nothing before it", 1),
        ("a · · b", "`·` has nothing before it", 5),
        (", a", "there is nothing before this comma", 1),
        ("(a, )", "something is missing", 5),
        ("||x||", "something is missing", 2),
        ("", "there is no formula", 1),
        (' "a', "is unknown", 2),
    ],
)
def test_what_could_be_read_in_two_ways_or_not_at_all_is_said(text: str, why: str, at: int) -> None:
    with pytest.raises(FormulaError) as raised:
        block(text)
    assert why in str(raised.value)
    assert raised.value.at + 1 == at


def test_an_error_knows_its_line() -> None:
    with pytest.raises(FormulaError) as raised:
        block("a\n\nb  (c")
    assert (raised.value.line, raised.value.at) == (3, 3)


def test_a_terminal_shows_a_formula_as_it_was_written_without_the_quotes() -> None:
    assert plain('1 "where" x > 0') == "1 where x > 0"
    assert plain('a  "for all"\n\nbcd   x') == "a      for all\n\nbcd    x"
    assert 'alttext="a for all ; b x"' in block('a  "for all"\nb  x')
    assert 'alttext="1 where x &gt; 0"' in block('1 "where" x > 0')


def test_a_formula_in_a_line_of_prose_is_no_block() -> None:
    assert formula("x²").startswith('<math alttext="x²"><msup>')


SIGNS = st.sampled_from(
    [*"ab2()[]|+-·/^_², <>&'\"", "Σ", "√", "∂", "log", "fan_in", "  ", "\n", "<b>", "]]>", "\x00"]
)


@given(st.lists(SIGNS, max_size=12).map("".join))
def test_whatever_is_written_it_is_an_error_or_well_formed(text: str) -> None:
    try:
        made = block(text)
    except FormulaError:
        return
    root = ElementTree.fromstring(made)
    assert {e.tag for e in root.iter()} <= {
        "math", "mtable", "mtr", "mtd", "mrow", *SHORT
    }  # fmt: skip
    for element in root.iter():
        if element.tag in SHORT and len(element):
            assert len(element) == SHORT[element.tag].count("{}")
    letters = "".join(root.itertext())
    assert re.sub(r"[^a-z0-9]", "", letters) == re.sub(r"[^a-z0-9²]", "", text).replace("²", "2")
