"""The files a shell or direnv reads as it starts: they set the environment that programs read."""

from notion_lsp.languages import Language, Recognition
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="shell-profile",
    title="a shell's profile",
    recognition=Recognition(
        files=(
            *(".bashrc", ".bash_aliases", ".bash_profile", ".bash_login", ".profile", ".envrc"),
            *(".zshrc", ".zprofile", ".zshenv", ".zlogin", ".kshrc", ".mkshrc", ".xprofile"),
            *("config.fish", "fish/conf.d/*.fish"),
            # As they are called in a repository of such files.
            *("bashrc", "bash_aliases", "bash_profile", "zshrc", "zprofile", "zshenv"),
            *("dot_bashrc", "dot_bash_profile", "dot_profile", "dot_zshrc", "dot_zshenv"),
        )
    ),
    environment=Refused(
        "This file sets the environment itself: read the token from a keyring or an ignored file."
    ),
    grammar=Grammar("tree_sitter_bash", "(comment) @comment"),
)
