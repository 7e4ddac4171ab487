"""push overwrites a parent's grad instead of adding to it.

A parent can be used more than once, and every use counts. For y = x * x at x = 3 both edges lead to
the same x: the right gradient is 3 + 3 = 6, and overwriting leaves 3. For y = x + x it leaves 1
instead of 2. As long as every Value is used only once, the error does not show. Add to grad with
+=.
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
            parent.grad = self.slopes[i] * self.grad
