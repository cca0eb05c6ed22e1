"""All that is known of where a token stands beside the place in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.explain import exposure, layer, past

if TYPE_CHECKING:
    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.explain.layer import Layer
    from notion_lsp.explain.past import Past


class Whereabouts(NamedTuple):
    """How far a token has got, where in a history it stands, and where in an image."""

    exposure: Exposure | None = None
    past: Past | None = None
    layer: Layer | None = None

    def sentence(self) -> str:
        """Return what they mean, each after a space, for `Shown`; empty without any."""
        said = exposure.sentence(self.exposure), past.sentence(self.past)
        return "".join((*said, layer.sentence(self.layer)))


NOWHERE = Whereabouts()
