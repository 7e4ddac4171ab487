"""x += y changes the number in the node x instead of making a new node.

If Python finds an __iadd__ it uses it, and here it overwrites data and returns the same node. So
`total += loss` gives the right number, but no edge leads to loss, and results that were computed
from the old total no longer match it. Delete __iadd__: then Python computes x = x + y, which makes
a new node.
"""


class Value:
    def __iadd__(self, other):
        self.data += other.data if isinstance(other, Value) else float(other)
        return self
