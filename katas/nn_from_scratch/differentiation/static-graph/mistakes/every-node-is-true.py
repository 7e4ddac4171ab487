"""An `if` on a node always takes the first branch.

Without a __bool__ method, Python treats every object as true. The graph then contains one branch
for all numbers, and nobody notices. Raise a TypeError: there is no number yet.
"""


class Node:
    def __bool__(self):
        return True
