"""Python code is marked up word by word, and every text stays what it was."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest

from nnkata.cli.context import pick_course
from nnkata.lessons.code import CLASSES, LONGEST, highlight
from nnkata.lessons.markdown import to_html

TEXTS = {
    "call": "softmax(np.array([[0., 1000.]]))  # two scores",
    "ends": "\n\n  x = 1\n\n\n",
    "markup": "</span><script>alert(1)</script> & \"'",
    "open": 'f("""never closed',
    "not Python": "\x00 ¿ ∂L/∂θ = `$` ?? \t\\",
    "empty": "",
    **{name: kata.reference.read_text() for name, kata in pick_course()[0].katas.items()},
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_only_spans_are_added(text: str) -> None:
    made = highlight(text)
    tags = set(re.findall("<[^>]*>", made))
    assert tags <= {"</span>", *(f'<span class="{name}">' for name in CLASSES.values())}
    assert unescape(re.sub("<[^>]*>", "", made)) == text


def test_words_of_a_kind_have_one_class() -> None:
    made = highlight("def f(x):  # why\n    return x in 'ab', 2.5\n")
    for name, words in {
        "keyword": ("def", "return", "in"), "name": ("f",), "comment": ("# why",),
        "string": ("&#x27;ab&#x27;",), "number": ("2.5",),
    }.items():  # fmt: skip
        found = re.findall(f'<span class="code-{name}">(.*?)</span>', made)
        assert [word.strip() for word in found] == list(words)


def test_other_languages_and_endless_code_are_only_escaped() -> None:
    assert highlight("if x < 1", "text") == "if x &lt; 1"
    assert "<span" not in highlight("if x\n" * LONGEST)


def test_code_in_a_lesson_is_coloured_and_can_be_scrolled_by_keyboard() -> None:
    made = to_html("```python\nfor x in y: pass\n```\n\n```\nfor x\n```\n")
    assert '<pre tabindex="0" role="group" aria-label="Code"><code><span class="code-k' in made
    assert '<pre tabindex="0" role="group" aria-label="Text"><code>for x\n</code></pre>' in made


def test_pygments_is_imported_only_when_code_is_marked_up() -> None:
    program = (
        "import sys, nnkata.page.html, nnkata.lessons.markdown as m; m.for_terminal('`x`'); "
        "m.to_html('x'); assert not [n for n in sys.modules if n.startswith('pygments')]"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
