"""Property lists and build settings, which become a part of an application."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import XML_COMMENT, Line, LineGrammar

LANGUAGE = Language(
    id="apple-bundle",
    title="a property list or a build setting of Xcode",
    recognition=Recognition(
        files=(
            "*.plist",
            "*.xcconfig",
            "*.entitlements",
            "*.pbxproj",
            "*.xcscheme",
        ),
        editor_ids=(
            "plist",
            "xcconfig",
        ),
    ),
    environment=Refused(
        "This becomes a part of an application, which ships to whoever installs it: "
        "have a server of yours ask Notion."
    ),
    grammar=LineGrammar(
        (
            XML_COMMENT,
            Line(r"^[ \t]*(?P<comment>//[^\r\n]*)"),
        )
    ),
    writing=Writing(comment=""),
)
