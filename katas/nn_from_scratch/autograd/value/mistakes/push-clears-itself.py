"""After push the node's own grad is set to 0.

grad is a result too: how much the root changes with this node. Code that reads the grad of a node
in the middle of the graph then gets 0, although 1 had arrived. push changes the parents only; the
backward pass decides when old gradients are cleared. Leave self.grad as it is.
"""


class Value:
    def push(self) -> None:
        """Add ``slope * self.grad`` to the grad of each parent: one step of the chain rule.

        It adds, because a parent may have other children, or be the same parent twice. It changes
        the parents only, not their parents.

        Raises:
            IndexError: the node has fewer slopes than parents. Any other exception will do too.
        """
        for i, parent in enumerate(self.parents):
            parent.grad += self.slopes[i] * self.grad
        if self.parents:
            self.grad = 0.0
