"""push also calls push on the parents.

push is one step only: from a node to its parents. If it continues by itself, a node that is
reached by two paths pushes its gradient twice, the first time before all of it has arrived. For a
* b + c, a gets a gradient when only the sum pushes; it should still be 0. The backward pass, a
later kata, decides in which order the nodes push.
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
            parent.push()
