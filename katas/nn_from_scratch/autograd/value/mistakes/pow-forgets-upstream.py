"""The power gives its parent k * x^(k-1) and ignores the gradient that has arrived at the power.

As for every operation, the local derivative must be multiplied by the node's own grad. At x = 2
the derivative of x ** 3 is 12; with grad = 5 at the power, x should get 60 and gets 12. If the
power is the last operation, its grad is 1 and nothing shows. Multiply by grad here too.
"""


class Value:
    def push(self) -> None:
        """Add ``slope * self.grad`` to the grad of each parent: one step of the chain rule.

        It adds, because a parent may have other children, or be the same parent twice. It changes
        the parents only, not their parents.

        Raises:
            IndexError: the node has fewer slopes than parents. Any other exception will do too.
        """
        upstream = 1.0 if self.op == "**" else self.grad
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * upstream
