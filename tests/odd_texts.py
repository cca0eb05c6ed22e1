"""Short texts of all that is hard to count: line breaks, and characters of several code units."""

from __future__ import annotations

from hypothesis import strategies as st

# What other definitions of a line break at, astral characters and halves of them.
_CHARACTERS = "ab \t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029é日🎉👩\ud83d\udc69"
texts = st.text(st.sampled_from(_CHARACTERS), max_size=60)
