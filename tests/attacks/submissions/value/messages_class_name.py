"""An exported class whose own name is markup, and exceptions that name it.

A correct grader: names it as the course does.
Expect: error failed
"""

Value = type("<script>alert(1)</script>\x1b[2J", (), {"data": property(lambda self: 1 / 0)})
