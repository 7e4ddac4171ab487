"""Imports refnn.

A correct grader: refuses the import in plain words.
Expect: refused_import
"""

import refnn
