"""An object whose comparisons, arithmetic and attributes always agree.

A correct grader: lets exact built-in types cross and nothing else.
Expect: failed
"""


class Yes:
    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **named):
        return self

    __eq__ = __lt__ = __le__ = __ge__ = __gt__ = __bool__ = lambda *arguments: True
    __sub__ = __add__ = __abs__ = __getitem__ = __iter__ = __array_ufunc__ = __call__
    __hash__ = lambda self: 1


def softmax(*arguments, **named):
    return Yes()


log_softmax = logsumexp = softmax
