"""Files of Java properties, of no certain reader."""

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._settings_readers import PROPERTIES_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

# A value goes on below a line that ends in a backslash, where `#` begins no comment.
PROPERTY = Line(
    r"""(?x)
    ^ [ \t\f]* (?:
        (?P<comment> [#!] [^\r\n]* )
      | (?P<name> (?: [^\\\s:=] | \\[^\r\n] )+ )
        [ \t\f]* [:=]? [ \t\f]*
        (?P<literal> (?: [^\\\r\n] | \\\r\n | \\[\s\S] )* )
    )
    """
)

LANGUAGE = Language(
    id="properties",
    title="Java properties",
    recognition=Recognition(files=("*.properties",), editor_ids=("properties", "java-properties")),
    environment=Refused(
        "A properties file cannot read the environment: "
        "have the program that loads this file do it."
    ),
    grammar=LineGrammar((PROPERTY,)),
    writing=Writing(comment=""),
    project=ProjectFacts(runtimes=PROPERTIES_READERS),
)
