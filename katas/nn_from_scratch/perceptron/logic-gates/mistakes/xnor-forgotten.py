"""separable says no to XOR only, and forgets XNOR.

XNOR, the table (1, 0, 0, 1), is the opposite of XOR. If one line could compute it, the same line with all
signs changed would compute XOR. So 2 of the 16 tables have no line.
"""


def separable(table):
    return list(table) != [0, 1, 1, 0]
