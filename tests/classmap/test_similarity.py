"""Copies are found whatever is renamed, and independent solutions of short katas are not."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from nnkata.classmap.similarity import MIN_SCORE, MIN_TOKENS, Comparison, compare_modules
from nnkata.classmap.syntax_tokens import MAX_TEXT, UnreadableModuleError, read_tokens
from nnkata.course.loading import read_courses
from nnkata.plugins import installed_plugins

BLIND = Path(__file__).parents[1] / "blind"
COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]


def left_out(kata: str) -> list[str]:
    one = COURSE.katas[kata]
    return [p.read_text("utf-8") for p in (one.reference, one.stub, *one.variants())]


def compare(kata: str, texts: dict[str, str]) -> Comparison:
    return compare_modules(kata, COURSE.katas[kata].module, texts, left_out(kata), read_tokens)


def blind(kata: str, name: str) -> str:
    return (BLIND / kata / f"{name}.py").read_text(encoding="utf-8")


class Disguise(ast.NodeTransformer):
    """Renames what a module binds, changes its numbers and drops what is said in words."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = f"my_{node.id}" if node.id in self.names else node.id
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(f"my_{node.arg}" if node.arg in self.names else node.arg)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(node.value + 1) if type(node.value) in (int, float) else node  # type: ignore[operator]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.name = f"my_{node.name}" if node.name in self.names else node.name
        return node


def disguise(text: str) -> str:
    """Return a copy of a module with different names, numbers and order, without comments."""
    tree = ast.parse(text)
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and type(n.ctx) is ast.Store}
    bound |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    bound |= {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    tree = Disguise(bound).visit(tree)
    imports = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    rest = [n for n in tree.body if n not in imports]
    tree.body = [*imports, *reversed(rest)]
    return ast.unparse(ast.fix_missing_locations(tree))


@pytest.mark.parametrize(
    ("kata", "name"), [("conv2d-forward", "right_3"), ("gradient-flow", "right_1")]
)
def test_a_renamed_copy_in_another_order_is_found_with_its_places(kata: str, name: str) -> None:
    text = blind(kata, name)
    texts = {"ada": text, "ben": disguise(text), "cyn": blind(kata, "right_2")}
    (pair,) = compare(kata, texts).pairs
    assert pair.submissions == ("ada", "ben")
    assert pair.score >= MIN_SCORE
    assert pair.tokens >= MIN_TOKENS
    for place in pair.places:
        for (start, end), copy in ((place.first, text), (place.second, texts["ben"])):
            assert 1 <= start <= end <= len(copy.splitlines())
    before = {line.strip() for line in text.splitlines()}
    kept = [
        line.strip()
        for place in pair.places
        for line in texts["ben"].splitlines()[slice(place.second[0] - 1, place.second[1])]
    ]
    assert kept
    assert not all(line in before for line in kept)  # letter for letter, hardly any line is


def test_the_places_are_those_of_the_copied_function() -> None:
    function = blind("conv2d-forward", "right_3").partition("def ")[2]
    one = f"import numpy as np\n\n\ndef {function}"
    other = f"import numpy as np\n\nOWN = 3\n\n\ndef {function}"
    (pair,) = compare("conv2d-forward", {"ada": one, "ben": other}).pairs
    for place in pair.places:
        assert [n + 2 for n in place.first] == list(place.second)


def test_independent_solutions_of_the_course_are_hardly_ever_listed() -> None:
    """Of all pairs of correct solutions by people who knew the lesson only; see docs/grader."""
    listed: set[tuple[str, ...]] = set()
    pairs = 0
    for folder in sorted(BLIND.iterdir()):
        texts = {p.stem: p.read_text("utf-8") for p in folder.glob("right_*.py")}
        if folder.name in COURSE.katas:
            pairs += len(texts) * (len(texts) - 1) // 2
            found = compare(folder.name, texts).pairs
            listed |= {(folder.name, *pair.submissions) for pair in found}
    assert pairs > 100
    assert listed == set()


@pytest.mark.parametrize("kata", ["step-function", "neuron-class", "value-backward"])
def test_right_solutions_of_a_short_kata_are_not_compared_at_all(kata: str) -> None:
    found = compare(kata, {name: blind(kata, name) for name in ("right_1", "right_2", "right_3")})
    assert (found.short, found.compared, found.pairs) == (3, 0, [])


def test_the_code_of_the_stub_and_of_right_solutions_counts_for_nobody() -> None:
    for path in (COURSE.katas["softmax"].reference, *COURSE.katas["softmax"].variants()):
        text = path.read_text(encoding="utf-8")
        found = compare("softmax", {"ada": text, "ben": text})
        assert (found.short, found.pairs) == (2, [])


def test_what_most_of_a_class_wrote_says_nothing() -> None:
    text = blind("conv2d-forward", "right_3")
    few = compare("conv2d-forward", {f"s{i}": text for i in range(3)})
    assert [pair.submissions for pair in few.pairs] == [("s0", "s1"), ("s0", "s2"), ("s1", "s2")]
    many = compare("conv2d-forward", {f"s{i:02}": text for i in range(11)})
    assert (many.common, many.pairs) == (11, [])


def test_what_cannot_be_read_is_counted() -> None:
    found = compare("softmax", {"ada": "def f(:\n", "ben": "x = " + "(" * 1000, "cyn": "\0"})
    assert found.pairs == []
    assert found.unreadable["ada"] == "Python cannot read it: SyntaxError"
    assert found.unreadable.keys() == {"ada", "ben", "cyn"}
    for text in ("-" * 100_000 + "1", "a" + ".b" * 50_000, "#" * MAX_TEXT + "\n"):
        with pytest.raises(UnreadableModuleError):
            read_tokens(text)


def test_comments_docstrings_literals_annotations_and_own_names_make_no_difference() -> None:
    one = (
        'import numpy as np\ndef f(x: int) -> int:\n    "Says."\n'
        "    y = np.exp(x) + 1\n    return y\n"
    )
    other = "import numpy\ndef g(z):\n    # says\n    w = numpy.exp(z) + 2.5\n    return w\n"
    assert read_tokens(one).codes == read_tokens(other).codes


def test_functions_of_numpy_and_python_make_a_difference() -> None:
    results = ("np.exp(x)", "np.log(x)", "len(x)", "sum(x)", "x.sum()", "x.max()")
    modules = [f"import numpy as np\ndef f(x):\n    return {result}\n" for result in results]
    assert len({read_tokens(module).codes for module in modules}) == len(results)
