"""Build scripts of Gradle in Groovy; those in Kotlin are Kotlin."""

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime
from notion_lsp.syntax.line_patterns import LineGrammar, comment_to_end

_CONTEXT = comment_to_end(
    "//",
    r"\\[\s\S]|/\*[\s\S]*?(?:\*/|\Z)",
    r"\"{3}[\s\S]*?(?:\"{3}|\Z)|'{3}[\s\S]*?(?:'{3}|\Z)",
    r"\"(?:[^\"\\\r\n]|\\[\s\S])*\"?|'(?:[^'\\\r\n]|\\[\s\S])*'?",
)

LANGUAGE = Language(
    id="gradle",
    title="a build script of Gradle in Groovy",
    recognition=Recognition(files=("*.gradle",), editor_ids=("gradle",)),
    # docs.gradle.org, ProviderFactory: it stops where the variable is not set.
    environment=Refused(
        'Gradle reads a variable with providers.environmentVariable("{name}").get(): write '
        "that in place of the string."
    ),
    grammar=LineGrammar((_CONTEXT,)),
    writing=Writing(comment="// {}"),
    project=ProjectFacts(
        runtimes=(
            Runtime(
                "android-build",
                Refused(
                    "A build for Android may put this into the app, which ships to a device: have "
                    "a server of yours hold it."
                ),
                text=r"\bcom\.android\.(?:application|library)\b|^android\s*\{",
            ),
        )
    ),
)
