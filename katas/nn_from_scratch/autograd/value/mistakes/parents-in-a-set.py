"""The parents are stored in a set.

A set holds each object once and has no order. For x * x it keeps one edge of two, and for a - b
it does not know which one was a. The number of edges matters: x enters x * x twice. Keep the
operands in a tuple, in order and with repeats.
"""


class Value:
    __slots__ = ("data", "grad", "op", "parents", "slopes", "_edges")

    def __init__(
        self,
        data: float,
        parents: tuple["Value", ...] = (),
        op: str = "",
        slopes: tuple[float, ...] = (),
    ) -> None:
        """Make a leaf from a number alone, or a node from its result, parents and slopes.

        Args:
            data: a real number: int, float or a numpy scalar, stored as a float.
            parents: the Values it was computed from.
            op: the name of the operation.
            slopes: the local derivatives d(this)/d(parent), one per parent.
        """
        self.data = float(data)
        self.grad = 0.0
        self.parents = set(parents)
        self._edges = tuple(parents)
        self.op = op
        self.slopes = slopes

    def push(self) -> None:
        """Add ``slope * self.grad`` to the grad of each parent: one step of the chain rule.

        It adds, because a parent may have other children, or be the same parent twice. It changes
        the parents only, not their parents.

        Raises:
            IndexError: the node has fewer slopes than parents. Any other exception will do too.
        """
        for i, parent in enumerate(self._edges):
            parent.grad += self.slopes[i] * self.grad
