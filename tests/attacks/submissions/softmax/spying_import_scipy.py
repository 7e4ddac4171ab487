"""Imports scipy.special.

A correct grader: refuses the import in plain words.
Expect: refused_import
"""

import scipy.special
