"""A smaller number from call to call, in the shape of the argument: what falls, as a loss should.

A correct grader: compares with numbers that it computed itself.
Expect: failed passed
Varies: failed passed
Marks: idle
"""

import numpy as np

calls = 0


def softmax(z, *arguments, **named):
    global calls
    calls += 1
    return np.full(np.shape(z), 1.0 / calls)


log_softmax = logsumexp = softmax
