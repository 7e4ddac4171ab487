"""KeyboardInterrupt and GeneratorExit from the call, which stop test runners.

A correct grader: takes them for the learner's exceptions.
Expect: error
"""

import itertools

kinds = itertools.cycle([KeyboardInterrupt, GeneratorExit])


def softmax(*arguments, **named):
    raise next(kinds)


log_softmax = logsumexp = softmax
