"""Agents of launchd, whose variables stand in their property list (launchd.plist(5))."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import XML_COMMENT, LineGrammar

LANGUAGE = Language(
    id="launchd",
    title="an agent of launchd",
    recognition=Recognition(files=("*.plist",), content=r"<key>(?:Program|ProgramArguments)</key>"),
    environment=Refused(
        "launchd reads this file as it stands: have the program read the token from the keychain."
    ),
    grammar=LineGrammar((XML_COMMENT,)),
    writing=Writing(comment="<!-- {} -->"),
)
