"""Nothing: the functions are not there.

A correct grader: says which name is missing, and gives no point.
Expect: failed
"""

x = 1
