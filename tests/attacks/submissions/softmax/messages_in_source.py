"""Terminal control in the source line that a traceback quotes.

A correct grader: shows it as text.
Expect: error
"""


def softmax(*arguments, **named):
    raise ValueError("x")  # [2J]0;owned ‮ <script>alert(1)</script>

log_softmax = logsumexp = softmax
