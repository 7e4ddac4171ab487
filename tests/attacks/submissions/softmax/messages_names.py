"""Names of classes, functions and files that are markup and terminal control.

A correct grader: shows them as text.
Expect: error
"""


def raising(text):
    code = compile("def f(*arguments, **named):\n    raise E('x')\n", "mynn/forward/softmax.py", "exec")
    space = {"E": type(text, (Exception,), {})}
    exec(code, space)
    made = space["f"]
    made.__name__ = made.__qualname__ = text
    made.__code__ = made.__code__.replace(co_name=text)
    return made


softmax = raising("<script>alert(1)</script>")
log_softmax = raising("\x1b[31m\u202e::error::x")
logsumexp = raising("=1+1|`#")
