"""The engine that value.py compares with: scalars and closures, a common style in tutorials.

Every node keeps its parents in a set, and a closure that passes the gradient to them; the
backward pass sorts the graph recursively. It was written for this comparison, follows the idea
of micrograd (Andrej Karpathy, 2020), and has only the operations that the comparison uses.
"""

from __future__ import annotations

import math
from collections.abc import Callable


class Node:
    """A number, its parents, and a closure that passes its gradient to them."""

    def __init__(self, data: float, parents: tuple[Node, ...] = (), op: str = "") -> None:
        self.data = data
        self.grad = 0.0
        self.parents = set(parents)
        self.op = op
        self.pass_back: Callable[[], None] = lambda: None

    def __add__(self, other: Node | float) -> Node:
        other = other if isinstance(other, Node) else Node(other)
        out = Node(self.data + other.data, (self, other), "+")

        def pass_back() -> None:
            self.grad += out.grad
            other.grad += out.grad

        out.pass_back = pass_back
        return out

    def __mul__(self, other: Node | float) -> Node:
        other = other if isinstance(other, Node) else Node(other)
        out = Node(self.data * other.data, (self, other), "*")

        def pass_back() -> None:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_back = pass_back
        return out

    def __pow__(self, k: float) -> Node:
        out = Node(self.data**k, (self,), f"**{k}")

        def pass_back() -> None:
            self.grad += k * self.data ** (k - 1) * out.grad

        out.pass_back = pass_back
        return out

    def tanh(self) -> Node:
        t = math.tanh(self.data)
        out = Node(t, (self,), "tanh")

        def pass_back() -> None:
            self.grad += (1 - t * t) * out.grad

        out.pass_back = pass_back
        return out

    def __radd__(self, other: float) -> Node:
        return self + other

    def __rmul__(self, other: float) -> Node:
        return self * other

    def __neg__(self) -> Node:
        return self * -1

    def __sub__(self, other: Node | float) -> Node:
        return self + (-other)

    def __truediv__(self, other: Node) -> Node:
        return self * other**-1

    def backward(self) -> None:
        order: list[Node] = []
        seen: set[Node] = set()

        def visit(node: Node) -> None:
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_back()
