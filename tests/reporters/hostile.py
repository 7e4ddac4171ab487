"""Text that wants to be acted on instead of read, and a way to put it into every text there is."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

HOSTILE = {
    "ansi": "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b2J\x7f",
    "carriage return": "all fine\rall bad\r\nthe next line",
    "bidi": "\u202egnp.exe\u2066inner\u2069 \u200fright\u200b\ufeff",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>'\"><svg/onload=alert(1)>&lt;",
    "ends of elements": "</style></pre></title></code></td></details>--><iframe src=//x.y>",
    "template": "{{ 7 * 7 }}{% for x in y %}{# z #}",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "csv": 'a,"b";c\r\nd,e\tf',
    "markdown table": "| a | b |\n| - | - |\n| c \\| d |\\",
    "markdown": "![x](https://evil.example/x.png) [y](javascript:alert(1)) **b** @octocat #1\n"
    "# heading\n- item\n> quote\n\n    indented\n<https://evil.example> $x$ :tada: me@evil.example",
    "bare links": "https://evil.example www.evil.example git@github.com:x/y",
    "fences": "`a` ``b`` ```\n```\n````\n~~~\n<b>out</b>\n</details>\n```",
    "one tick": "`",
    "cdata": "]]>&<!--x--><![CDATA[y]]><!DOCTYPE a [<!ENTITY x 'y'>]>&x;",
    "commands": "::error file=a,line=1::b\n  ::add-mask::x\n##[error]c\nd ##[add-path]e\n"
    "::stop-commands::f\n\u2003::set-env name=a::b\n::0123456789abcdef0123456789abcdef::\n"
    "%0A::error::g",
    "long": "x" * 100_000,
    "many lines": "y\n" * 50_000,
    "nul": "a\x00b\ufffe\uffff",
    "surrogates": "\ud800 alone \udfff",
    "separators": "a\u2028::error::b\u2029c\x85d\x0b=e\x0cf",
    "emoji": "👩‍🔬 🙂",
    "percent": "%0A %25 %s {} \\n \\u0041",
}
OURS = {"schema", "outcome", "kind", "raised"}
"""Fields that no submission has a say in."""


def poisoned(value: Any, text: str) -> Any:
    """Return a structure with a text before every other text in it."""
    if isinstance(value, Struct):
        fields = {f: getattr(value, f) for f in value.__struct_fields__ if f not in OURS}
        return replace(value, **{f: poisoned(item, text) for f, item in fields.items()})
    if isinstance(value, str):
        return text + value
    if isinstance(value, list):
        return [poisoned(item, text) for item in value]
    if isinstance(value, dict):
        return {text + key: poisoned(item, text) for key, item in value.items()}
    return value
