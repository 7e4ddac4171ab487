"""sys.exit(0) while the module is loaded.

A correct grader: says why the module could not be loaded; no check is run.
Expect: raised
"""

import sys

sys.exit(0)
