"""x ** 0 fails at x = 0.

The power rule k * x^(k-1) computes 0 * 0^(-1), and 0^(-1) is a division by zero. But x ** 0 is 1
for every x, so its derivative is 0 everywhere, even at 0. Handle k = 0 before you use the rule.
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
        slope = k * self.data ** (k - 1.0)
        return Value(self.data**k, (self,), "**", (slope,))
