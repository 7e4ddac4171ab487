"""2 - x is computed as x - 2.

With a number on the left, Python calls __rsub__ on the operand on the right: there, self is x. Value and
slope both have the wrong sign.
"""


class Dual:
    def __rsub__(self, other):
        return self - other
