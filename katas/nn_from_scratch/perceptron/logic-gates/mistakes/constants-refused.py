"""separable says no to the two tables whose answers are all equal.

Always 0 and always 1 are easy: both weights 0 and a bias of -1 or 1. So 14 of the 16 tables are
separable, and not 12.
"""


def separable(table):
    first, second, third, last = table
    if sum(table) in (0, 4):
        return False
    return not (first == last and second == third and first != second)
