"""pytest.exit(returncode=0) and pytest.skip at import.

A correct grader: refuses the import: pytest is not there.
Expect: refused_import
"""

import pytest

pytest.exit("done", returncode=0)
