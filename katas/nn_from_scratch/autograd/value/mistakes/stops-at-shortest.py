"""push stops silently if there are fewer slopes than parents.

zip ends with the shorter of two sequences and raises no error. A node with two parents and one
slope then gives its second parent no gradient, and that parent is never trained. Such a node was
built wrongly, so push should raise an exception: zip has the option strict=True.
"""


class Value:
    def push(self) -> None:
        """Add ``slope * self.grad`` to the grad of each parent: one step of the chain rule.

        It adds, because a parent may have other children, or be the same parent twice. It changes
        the parents only, not their parents.

        Raises:
            IndexError: the node has fewer slopes than parents. Any other exception will do too.
        """
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad += slope * self.grad
