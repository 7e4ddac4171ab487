"""os._exit(0) while the module is loaded: no check is ever run, the exit status is 0.

A correct grader: says why the module could not be loaded; no check is run.
Expect: crash
"""

import os

os._exit(0)
