"""Manifests and resources of Android, which are packed into the application."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import XML_COMMENT, LineGrammar

LANGUAGE = Language(
    id="android-resource",
    title="a manifest or a resource of Android",
    recognition=Recognition(
        files=(
            "AndroidManifest.xml",
            "res/values/*.xml",
            "res/values-*/*.xml",
            "res/xml/*.xml",
        )
    ),
    environment=Refused(
        "This is packed into the application, which ships to a device: read the token on a server."
    ),
    grammar=LineGrammar((XML_COMMENT,)),
    writing=Writing(comment="<!-- {} -->"),
)
