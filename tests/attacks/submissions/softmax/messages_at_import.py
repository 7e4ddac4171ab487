"""Terminal control and markup in the message of a module that cannot be loaded.

A correct grader: shows it as text.
Expect: raised
"""

raise ValueError("\x1b[2J<script>alert(1)</script>\u202e\n::error::x\r\ud800")
