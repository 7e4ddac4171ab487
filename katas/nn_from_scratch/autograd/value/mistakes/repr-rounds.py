"""repr rounds the data to one decimal place.

Value(3.25) and Value(3.2) then look the same, and a small number looks like 0, so an error of 0.01
cannot be seen when a Value is printed. Write the data as it is, with no format after the name.
"""


class Value:
    def __repr__(self):
        return f"Value(data={self.data:.1f}, grad={self.grad:.1f})"
