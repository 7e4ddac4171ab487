"""data is stored as it is given, not as a float.

Value(3).data is then the int 3, and Value(np.float32(0.1)).data is a float32 with 7 digits
instead of 16; everything computed from it has 7 digits too. Division by a numpy zero even gives
inf with a warning instead of an error. Convert to float once, in the constructor.
"""


class Value:
    def __init__(
        self,
        data: float,
        parents: tuple["Value", ...] = (),
        op: str = "",
        slopes: tuple[float, ...] = (),
    ) -> None:
        """Make a leaf from a number alone, or a node from its result, parents and slopes.

        Args:
            data: a real number: int, float or a numpy scalar, stored as a float.
            parents: the Values it was computed from.
            op: the name of the operation.
            slopes: the local derivatives d(this)/d(parent), one per parent.
        """
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self.slopes = slopes
