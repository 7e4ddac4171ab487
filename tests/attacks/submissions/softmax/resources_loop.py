"""An endless loop.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
Marks: idle
"""


def softmax(*arguments, **named):
    while True:
        pass

log_softmax = logsumexp = softmax
