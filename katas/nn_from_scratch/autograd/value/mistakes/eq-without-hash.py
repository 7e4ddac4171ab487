"""Two Values with equal data count as equal.

A class that defines __eq__ (a dataclass does so automatically) loses its hash. Then no Value can
be put into a set or be the key of a dict: "unhashable type". Even with a hash it would be wrong,
because a graph holds many different nodes with equal data: of two weights that are both 0.5, one
would be lost. Do not define __eq__: then a Value is equal only to itself.
"""


class Value:
    def __eq__(self, other):
        return isinstance(other, Value) and self.data == other.data
