"""An endless loop while the module is loaded.

A correct grader: kills it and says so; no check is run.
Expect: timeout
Hasty: yes
"""

while True:
    pass
