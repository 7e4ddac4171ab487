"""A quotient of two constants is computed when the node is made.

The division constant(1) / constant(0) then raises its error while the graph is built, perhaps in a part
that never runs. Building only writes the recipe; folding constants is what optimize is for.
"""


class Node:
    def __truediv__(self, other):
        other = _lift(other)
        if self.op == "constant" and other.op == "constant":
            return constant(self.label / other.label)
        return Node("/", (self, other))
