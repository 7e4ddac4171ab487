"""x + 0, 0 + x and x - 0 return x itself instead of a new node.

The recipe is then not the one that was written: its program has 0 operations instead of 1. The result
differs too: for x = -0.0, x + 0 is 0.0. Building only writes the recipe. Make a new node in every
operation, whatever the numbers are.
"""


class Node:
    def __add__(self, other):
        if not isinstance(other, Node) and other == 0:
            return self
        return Node("+", (self, _lift(other)))

    def __radd__(self, other):
        return self if other == 0 else Node("+", (_lift(other), self))

    def __sub__(self, other):
        if not isinstance(other, Node) and other == 0:
            return self
        return Node("-", (self, _lift(other)))
