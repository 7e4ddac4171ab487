"""Render a lesson in Markdown: as HTML for the page, as text for a terminal.

Formulas are in blocks fenced by ```` ```formula ````; module `formula` defines their syntax. HTML
in a lesson is escaped, Python code is coloured, images are replaced by their text, and links lead
to http(s) only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .code import LANGUAGES, highlight
from .formula import FormulaError, block, formula, plain

FORMULA = "formula"
_FENCE = re.compile(rf"^( *)```{FORMULA} *\n(.*?)^ *```[ \t]*$\n?", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"\$([^$\n]+)\$")
"""A formula in a line of prose or in a cell of a table."""
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ALIGNMENTS = {"text-align:center": "middle", "text-align:right": "end"}


def to_html(text: str, top: int = 3) -> str:
    """Return a lesson as HTML, without its title; its sections become headings of level `top`.

    A formula that cannot be read is shown as text.
    """
    parser = _parser()
    tokens = list(_sanitize(_without_title(parser.parse(text)), top - 2))
    return str(parser.renderer.render(tokens, parser.options, {}))


def for_terminal(text: str) -> str:
    """Return a lesson as text: formula blocks are indented lines, inline formulas stay in place."""

    def indent(match: re.Match[str]) -> str:
        lines = plain(match[2]).splitlines()
        return "".join(f"{match[1]}    {line}".rstrip() + "\n" for line in lines)

    return INLINE.sub(lambda match: plain(match[1]), _FENCE.sub(indent, text))


def unreadable_formulas(text: str) -> Iterator[tuple[int, FormulaError]]:
    """Yield the line and the error of each formula that cannot be read.

    The line of an inline formula is the first line of its paragraph.
    """
    for token in _parser().parse(text):
        if _is_formula(token):
            try:
                block(token.content)
            except FormulaError as error:
                yield (token.map or [0])[0] + 1 + error.line, error
        for text_formula in _inline_formulas(token):
            try:
                formula(text_formula)
            except FormulaError as error:
                yield (token.map or [0])[0] + 1, error


def parse(text: str) -> list[Token]:
    """Return the tokens of a lesson, before `to_html` changes them for the page."""
    return _parser().parse(text)


def _inline_formulas(token: Token) -> Iterator[str]:
    for child in token.children or []:
        if child.type == "text":
            yield from INLINE.findall(child.content)


def _typeset(text: str) -> Iterator[Token]:
    """Yield a text with its formulas as MathML; one that cannot be read stays plain text."""
    end = 0
    for match in INLINE.finditer(text):
        yield Token("text", "", 0, content=text[end : match.start()])
        try:
            yield Token("html_inline", "", 0, content=formula(match[1]))
        except FormulaError:
            yield Token("text", "", 0, content=match[1])
        end = match.end()
    yield Token("text", "", 0, content=text[end:])


def _is_formula(token: Token) -> bool:
    return token.type == "fence" and token.info.strip() == FORMULA


def _without_title(tokens: list[Token]) -> list[Token]:
    """Return the tokens without the first heading, which the page already shows."""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return tokens[3:]
    return tokens


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _sanitize(tokens: list[Token], shift: int) -> Iterator[Token]:
    """Yield the tokens to render: headings shifted, formulas as MathML, no inline styles."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(2, int(token.tag[1])) + shift)}"
        elif token.type in ("th_open", "td_open"):
            _align(token)
        elif token.type == "inline":
            token.children = list(_inline(token.children or []))
        if token.type == "table_open":
            yield _html('<div class="wide" role="group" aria-label="Table" tabindex="0">')
        yield _html(_block(token)) if token.type in ("fence", "code_block") else token
        if token.type == "table_close":
            yield _html("</div>\n")


def _html(markup: str) -> Token:
    return Token("html_block", "", 0, content=markup)


def _block(token: Token) -> str:
    """Return a block of code or of formulas as HTML."""
    if not _is_formula(token):
        language = token.info.strip()
        code = f"<code>{highlight(token.content, language)}</code>"
        label = "Code" if language in LANGUAGES else "Text"
        return f'<pre tabindex="0" role="group" aria-label="{label}">{code}</pre>\n'
    code = f"<code>{escape(token.content)}</code>"
    try:
        markup = block(token.content)
    except FormulaError:
        return f'<pre class="formula">{code}</pre>\n'
    return f'<div class="formula" role="group" aria-label="Formula" tabindex="0">{markup}</div>\n'


def _align(token: Token) -> None:
    """Set a cell's alignment by a class, since the content security policy forbids styles."""
    side = _ALIGNMENTS.get(str(token.attrs.pop("style", "")))
    if side:
        token.attrs["class"] = side
    if token.tag == "th":
        token.attrs["scope"] = "col"


def _inline(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens of a paragraph: images as text, and links to web addresses only."""
    is_web: list[bool] = []
    for token in tokens:
        if token.type == "text" and INLINE.search(token.content):
            yield from _typeset(token.content)
        elif token.type == "image":
            yield Token("text", "", 0, content=token.content)
        elif token.type == "link_open":
            is_web.append(_WEB_ADDRESS.match(str(token.attrs.get("href"))) is not None)
            if is_web[-1]:
                token.attrs["rel"] = "noreferrer"
                yield token
        elif token.type != "link_close" or is_web.pop():
            yield token
