"""NAND and NOR have the weights with the opposite sign, but the bias of AND and OR.

The opposite of a decision has the opposite net input: all three signs change. With the weights (-1,
-1) and a bias of -1.5, all 4 net inputs are below 0, and NAND always says 0.
"""

_GATES = {"AND": (1.0, -1.5), "OR": (1.0, -0.5), "NAND": (-1.0, -1.5), "NOR": (-1.0, -0.5)}
