"""The lines of all gates run through corners.

AND with a bias of -2 and OR with a bias of -1 give net inputs of exactly 0 at the corners that
should say yes: right under `z >= 0`, wrong under `z > 0`. Move each line to the middle between the
corners that it separates, so that no net input is nearer to 0 than 0.05.
"""

_GATES = {"AND": (1.0, -2.0), "OR": (1.0, -1.0), "NAND": (-1.0, 1.0), "NOR": (-1.0, 0.0)}
