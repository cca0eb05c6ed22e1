"""Why no lookup takes a token's place, in words that several languages share."""

from __future__ import annotations

SETS_ENVIRONMENT = "This line sets the environment itself: delete it, and set the variable outside."
STAYS_IN_IMAGE = "What builds the image stays in its history: use a secret of the build."
UNTERMINATED = "The string has no end."
