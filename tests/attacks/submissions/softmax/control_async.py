"""Nothing: an honest fault, `async def`.

A correct grader: says that a coroutine came back.
Expect: failed
"""

import warnings

warnings.simplefilter("ignore")


async def softmax(z, axis=-1):
    return z

log_softmax = logsumexp = softmax
