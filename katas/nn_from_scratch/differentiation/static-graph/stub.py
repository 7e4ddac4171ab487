"""A graph that is built first, compiled once, and run many times.

A Node is a recipe: it contains no result. compile_graph makes a list of steps from it, a Program,
which computes values and gradients for any numbers. A program can be made shorter before it runs.
"""

from collections.abc import Mapping, Sequence


class Node:
    """One operation, placeholder or constant of a graph. It contains no result.

    In all operators below, either operand may be a plain number (int or float); it becomes a
    constant. No operation computes anything: every result is a new Node.

    Attributes:
        op: the name of the operation.
        parents: the nodes of the operands, in their order, as ``topological_sort`` reads them.
        label: the name of a placeholder, the number of a constant, or the exponent of a power.
    """

    def __init__(
        self, op: str, parents: tuple["Node", ...] = (), label: "str | float" = ""
    ) -> None:
        """Store op, parents and label."""
        raise NotImplementedError("kata static-graph: Node.__init__ is not written yet")

    def __add__(self, other: "Node | float") -> "Node":
        """Return the node of self + other."""
        raise NotImplementedError("kata static-graph: Node.__add__ is not written yet")

    def __radd__(self, other: float) -> "Node":
        """Return the node of other + self, where other is a number."""
        raise NotImplementedError("kata static-graph: Node.__radd__ is not written yet")

    def __sub__(self, other: "Node | float") -> "Node":
        """Return the node of self - other."""
        raise NotImplementedError("kata static-graph: Node.__sub__ is not written yet")

    def __rsub__(self, other: float) -> "Node":
        """Return the node of other - self, where other is a number."""
        raise NotImplementedError("kata static-graph: Node.__rsub__ is not written yet")

    def __mul__(self, other: "Node | float") -> "Node":
        """Return the node of self * other."""
        raise NotImplementedError("kata static-graph: Node.__mul__ is not written yet")

    def __rmul__(self, other: float) -> "Node":
        """Return the node of other * self, where other is a number."""
        raise NotImplementedError("kata static-graph: Node.__rmul__ is not written yet")

    def __truediv__(self, other: "Node | float") -> "Node":
        """Return the node of self / other."""
        raise NotImplementedError("kata static-graph: Node.__truediv__ is not written yet")

    def __rtruediv__(self, other: float) -> "Node":
        """Return the node of other / self, where other is a number."""
        raise NotImplementedError("kata static-graph: Node.__rtruediv__ is not written yet")

    def __pow__(self, k: float) -> "Node":
        """Return the node of self ** k for a number k; it counts as one operation."""
        raise NotImplementedError("kata static-graph: Node.__pow__ is not written yet")

    def __neg__(self) -> "Node":
        """Return the node of -self, one operation."""
        raise NotImplementedError("kata static-graph: Node.__neg__ is not written yet")

    def tanh(self) -> "Node":
        """Return the node of the hyperbolic tangent of self."""
        raise NotImplementedError("kata static-graph: Node.tanh is not written yet")

    def __bool__(self) -> bool:
        """Raise a TypeError: there is no number yet, so ``if`` cannot decide."""
        raise NotImplementedError("kata static-graph: Node.__bool__ is not written yet")


class Program:
    """The steps of a compiled graph. It keeps nothing from one run to the next.

    Attributes:
        n_ops: the number of operations. Placeholders and constants do not count.
    """

    n_ops: int

    def __init__(self, steps: Sequence[tuple[str, tuple[int, ...], "str | float"]], output: int):
        """Store steps, and which one is the result; compile_graph and optimize call this.

        Args:
            steps: (op, numbers of the operands, label). Operands come first.
            output: the number of the step whose result is that of the program.
        """
        raise NotImplementedError("kata static-graph: Program.__init__ is not written yet")

    def run(self, feeds: Mapping[str, float]) -> float:
        """Return the value of the graph, a float.

        Args:
            feeds: a number for each placeholder, by name. Other names do not matter.

        Raises:
            KeyError: a placeholder of the graph is not in feeds.
            ZeroDivisionError: a division by 0, or 0 to a negative power.
        """
        raise NotImplementedError("kata static-graph: Program.run is not written yet")

    def grad(self, feeds: Mapping[str, float], wrt: Sequence[str]) -> dict[str, float]:
        """Return the derivatives of the value with respect to some placeholders.

        Args:
            feeds: as for ``run``, with the same errors.
            wrt: names of placeholders. The derivative with respect to a name that the graph does
                not contain is 0.0.

        Returns:
            A dict of floats, one per name in wrt.
        """
        raise NotImplementedError("kata static-graph: Program.grad is not written yet")


def placeholder(name: str) -> Node:
    """Return a node whose number is given by this name when the program runs."""
    raise NotImplementedError("kata static-graph: placeholder is not written yet")


def constant(value: float) -> Node:
    """Return a node with a fixed number."""
    raise NotImplementedError("kata static-graph: constant is not written yet")


def compile_graph(node: Node) -> Program:
    """Return the program of a graph: every node that ``node`` needs, once, operands first.

    Nodes that ``node`` does not need are not in it. A graph may be 100 000 nodes deep.

    Args:
        node: the node whose value the program computes.
    """
    raise NotImplementedError("kata static-graph: compile_graph is not written yet")


def optimize(program: Program) -> Program:
    """Return a program with fewer operations and exactly the same results, errors included.

    - Constant folding: an operation whose operands are all constants becomes a constant. If it
      raises an error, it stays, and raises it when the program runs.
    - Common subexpressions: two operations of the same kind on the same operands in the same order
      become one, even if their operands became the same only by this rule. Two placeholders of the
      same name are the same, and so are equal constants.

    0 * x is not 0, because x may be infinite when the program runs. (x + 1) + 2 is not x + 3,
    because the rounding differs.

    Args:
        program: a program. It is not changed.
    """
    raise NotImplementedError("kata static-graph: optimize is not written yet")
