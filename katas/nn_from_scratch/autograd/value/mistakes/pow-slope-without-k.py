"""The local derivative of x ** k is taken as x^(k-1), without the factor k.

The power rule multiplies by the exponent: the derivative of x ** 3 is 3 x², at x = 2 that is 12,
not 4. For k = 1 the two agree. Multiply by k.
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
        slope = self.data ** (k - 1.0) if k != 0.0 else 0.0
        return Value(self.data**k, (self,), "**", (slope,))
