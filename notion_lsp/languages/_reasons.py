"""Why no lookup takes a token's place, in words that several languages share."""

from __future__ import annotations

SETS_ENVIRONMENT = "This line sets the environment itself: delete it, and set the variable outside."
UNTERMINATED = "The string has no end."
