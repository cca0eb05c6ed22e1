"""A build of Maven."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import XML_COMMENT, LineGrammar

LANGUAGE = Language(
    id="maven",
    title="a build of Maven",
    recognition=Recognition(files=("pom.xml", "*.pom")),
    # maven.apache.org, POM reference, "Properties": it goes on where the variable is not set.
    environment=Refused(
        "Maven puts a variable in place of ${env.{name}}: write that here, and set the "
        "variable where it is called."
    ),
    grammar=LineGrammar((XML_COMMENT,)),
    writing=Writing(comment="<!-- {} -->"),
)
