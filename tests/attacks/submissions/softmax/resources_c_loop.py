"""A long call in C, which no signal handler of Python interrupts.

A correct grader: kills it when the check's time is over.
Expect: timeout
Hasty: yes
Marks: idle
"""


def softmax(*arguments, **named):
    return 7 ** 10**9

log_softmax = logsumexp = softmax
