"""An object with __reduce__ that runs a command where it is unpickled.

A correct grader: never unpickles anything.
Expect: failed
"""

import os


class Command:
    def __reduce__(self):
        return os.system, ("touch @temp@/nnkata-attack-pickle",)

    __getstate__ = __copy__ = __deepcopy__ = __reduce__


def softmax(*arguments, **named):
    return Command()


log_softmax = logsumexp = softmax
