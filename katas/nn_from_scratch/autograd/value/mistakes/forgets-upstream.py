"""push uses the local derivative alone and ignores the gradient that has arrived at this node.

The chain rule multiplies: d(root)/d(parent) = d(root)/d(this) times d(this)/d(parent). As long as
d(root)/d(this) is 1, nothing shows, so the last step of a computation looks right. One step earlier
it is wrong: with grad = 2 at z = x * y and y = 5, x should get 10 and gets 5. Multiply by
self.grad.
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
            parent.grad += self.slopes[i]
