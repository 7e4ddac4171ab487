"""A lesson on the page: formulas as MathML, nothing active, and what cannot be read is said."""

from __future__ import annotations

import pytest

from nnkata.cli.context import pick_course
from nnkata.lessons.markdown import for_terminal, to_html, unreadable_formulas

LESSONS = {name: kata.lesson for name, kata in pick_course()[0].katas.items()}
FENCED = "# Title\n\nBefore\n\n```formula\np = e^x / 2\n```\n\nafter `code`.\n"


def test_a_formula_is_mathml_and_the_title_is_left_to_the_page() -> None:
    made = to_html(FENCED)
    assert made.startswith("<p>Before</p>")
    assert '<math display="block" alttext="p = e^x / 2">' in made
    assert "<code>code</code>" in made


def test_a_formula_that_cannot_be_read_is_shown_as_it_was_written() -> None:
    text = FENCED.replace("e^x / 2", "e^x / 2 y")
    assert '<pre class="formula"><code>p = e^x / 2 y\n</code></pre>' in to_html(text)
    assert [line for line, _ in unreadable_formulas(text)] == [6]


def test_sections_stand_below_the_heading_of_the_page() -> None:
    assert "<h3>Shapes</h3>" in to_html("# T\n\n## Shapes\n")
    assert "<h4>Shapes</h4>" in to_html("# T\n\n### Shapes\n")
    assert to_html("No title").startswith("<p>No title")


TEXT = '<pre tabindex="0" role="group" aria-label="Text"><code>'


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("a <img src=x onerror=y>", "<p>a &lt;img src=x onerror=y&gt;</p>"),
        ("![words](https://x.example/y.png)", "<p>words</p>"),
        ("[here](javascript:alert)", "<p>[here](javascript:alert)</p>"),
        ("[here](../secret)", "<p>here</p>"),
        ("[a](http://b.c)", '<p><a href="http://b.c" rel="noreferrer">a</a></p>'),
        ("[![p](q)](r) [s](http://t.u)", '<p>p <a href="http://t.u" rel="noreferrer">s</a></p>'),
        (
            "    a < b",
            f"{TEXT}a &lt; b\n</code></pre>",
        ),
        (
            '```x" y="\na\n```',
            f"{TEXT}a\n</code></pre>",
        ),
    ],
)
def test_nothing_in_a_lesson_is_active(text: str, made: str) -> None:
    assert to_html(text).strip() == made


def test_a_table_has_headings_and_no_style() -> None:
    made = to_html("| a | b |\n|--:|:-:|\n| 1 | 2 |\n")
    assert '<th class="end" scope="col">a</th>' in made
    assert '<td class="middle">2</td>' in made
    assert "style" not in made


def test_a_terminal_shows_formulas_as_lines_that_stand_out() -> None:
    assert for_terminal(FENCED) == FENCED.replace("```formula\np", "    p").replace("```\n", "")
    words = '- x\n\n  ```formula\n  a  "for b"\n  ```\n'
    assert for_terminal(words) == "- x\n\n      a    for b\n"


@pytest.mark.parametrize("name", LESSONS)
def test_every_formula_of_the_course_can_be_read(name: str) -> None:
    text = LESSONS[name].read_text(encoding="utf-8")
    assert list(unreadable_formulas(text)) == []
    assert "```" not in for_terminal(text)


def test_a_formula_in_prose_and_in_a_cell_is_typeset() -> None:
    page = to_html("# T\n\nSo $e^(-x)$ falls.\n\n| a | b |\n|---|---|\n| $x_i$ | 1 |\n")
    assert page.count("<math") == 2
    assert "<msup>" in page
    assert "$" not in page
    assert for_terminal("So $e^(-x)$ falls.") == "So e^(-x) falls."
    ((line, _),) = unreadable_formulas("# T\n\nfine\n\nbad: $a / b c$\n")
    assert line == 5
    assert "$5" in to_html("It costs $5.")
