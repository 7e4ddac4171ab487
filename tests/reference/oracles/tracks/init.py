"""First weights: random draws, whose distribution is tested by itself."""

from ..entry import Track

TRACK = Track("init")
for _name in ("lecun_normal", "xavier_normal", "xavier_uniform", "he_normal", "he_uniform"):
    TRACK.no_oracle(
        f"init.schemes.{_name}",
        "random: its distribution is tested in tests/reference/test_schemes.py",
    )
