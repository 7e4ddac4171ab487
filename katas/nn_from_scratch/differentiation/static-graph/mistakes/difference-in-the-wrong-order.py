"""2 - x is built as x - 2.

With a number on the left, Python calls __rsub__ on the node on the right: there, self is x. At x = 5 the
result is 3 instead of -3.
"""


class Node:
    def __rsub__(self, other):
        return Node("-", (self, _lift(other)))
