"""Projects of .NET, and what they import."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import XML_COMMENT, LineGrammar

LANGUAGE = Language(
    id="msbuild",
    title="a project of MSBuild",
    recognition=Recognition(
        files=("*.csproj", "*.fsproj", "*.vbproj", "*.props", "*.targets"),
        editor_ids=("msbuild",),
    ),
    # learn.microsoft.com, MSBuild properties: it is empty where the variable is not set.
    environment=Refused(
        "MSBuild puts a variable in place of $({name}): write that here, and set the "
        "variable where it is called."
    ),
    grammar=LineGrammar((XML_COMMENT,)),
    writing=Writing(comment="<!-- {} -->"),
)
