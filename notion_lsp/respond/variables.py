"""The variable that a text gives a token to, and what a text does with a variable.

A variable is told by its name as a word: that is what all languages, shells and files of settings
have in common, and no way to read one is forgotten.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from notion_lsp.explain.uses import Role, Use
from notion_lsp.lookup import Lookup, dashed
from notion_lsp.text import Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from notion_lsp.languages import Language

_REACH = 300  # code points before a token in which its variable's name may stand
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,}")
# Words between a name and its value: keys, types, an operator, what an authorization begins with.
_BETWEEN = frozenset(
    [
        *("value", "default", "or", "and", "Authorization", "Bearer", "type", "sensitive", "true"),
        *("str", "String", "string", "std", "const", "char", "final", "from", "_"),
        *("ok", "unwrap_or", "unwrap_or_else", "orElse", "getOrElse"),
    ]
)
# After these, the name may stand in a line above: `- name: X` and `value: …` of Kubernetes.
_FROM_ABOVE = frozenset({"value", "default"})
_MOST_BETWEEN = 8

_NOTION = re.compile(r"notion", re.IGNORECASE)
_SECRET = re.compile(
    r"token|key|secret|auth|pat(?:_|\Z)|pass|cred|cookie|(?:api|integration|notion)\Z",
    re.IGNORECASE,
)

_QUOTED = re.compile(r"[\"'`]\Z")
_SIGIL = re.compile(
    r"(?:\$(?:\{\{?|\()?|%|"
    r"\b(?:env|secrets|vars|inputs?|local|localEnv|processEnv|var)[.:\[{(\"']{1,3})\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:\bname[\"']?\s*[:=]\s*[\"']?|\b(?:ENV|setenv|setx|set\s+-\w+)\s+)\Z")
# Where no code is: a variable that Compose hands on, the key of a secret of Kubernetes, and what
# a build of an image is given.
_HANDED_ON = re.compile(r"(?:(?:\A|\n)[ \t]*-[ \t]+|\[[\w ,]{0,200}|\bkey:[ \t]+|\bARG[ \t]+)\Z")
_ALONE = re.compile(r"[ \t]*(?:[#,\]}]|\Z|\n)")
# What names the variable that a container gets from such a key, which stands behind this.
_FROM_A_KEY = re.compile(
    r"\bname[\"']?:[ \t]{0,9}[\"']?(\w{1,99})[\"']?[\s,]{1,99}"
    r"[\"']?valueFrom[\"']?:[\s{]{0,99}[\"']?secretKeyRef[\"']?:[\s{]{0,99}"
    r"(?:[\"']?\w{1,99}[\"']?:[^\n,{}]{0,99}[,\n]\s{0,99}){0,2}[\"']?key[\"']?:[ \t]{0,9}[\"']?\Z"
)
_TAKEN_OUT = re.compile(r"[^{}\n]{0,200}\}\s*=\s*(?:await\s+)?(?:process|import\.meta|Bun)\.env\b")
# What begins a line ends a block, or begins the next one.
_BLOCK = re.compile(r"^variable\s+\"?(\w+)\"?\s*\{(?:(?!^[\w}]).)*\Z", re.MULTILINE | re.DOTALL)
_ASSIGNED = re.compile(r"[\"'`]?(?:\s*:(?![:=?+-])|[\]}]?\s*[:?+]?=(?![=~]))")
# The class of pydantic whose fields are read from variables, whatever their letters.
_FIELDS = "BaseSettings"
_FED = re.compile(
    r"(?:\$(?:\{\{?\s*)?|%|\bcredentials\([\"'])(?:(?:secrets|vars|env|local|localEnv)[.:])?([A-Z]\w{2,})"
)


def given_to(text: str, start: int, language: Language | None) -> str:
    """Return the variable that a token at an offset is the value or the default of, else `""`."""
    before = text[max(start - _REACH, 0) : start]
    # What describes a variable of Terraform may stand between its name and its default.
    if _is_terraform(language) and (block := _BLOCK.search(before)):
        return f"TF_VAR_{block[1]}"
    word = _name_before(before)
    if word is None:
        return ""
    return _as_variable(word[0], before[: word.start()], before[word.end() :], language)


def _name_before(before: str) -> re.Match[str] | None:
    """Return the word that names what stands behind a text, if one does."""
    above = False
    for word in reversed(list(_WORD.finditer(before))[-_MOST_BETWEEN:]):
        if "\n" in before[word.end() :] and not above:
            return None
        if word[0] not in _BETWEEN:
            return word
        above = above or word[0] in _FROM_ABOVE
    return None


def _as_variable(name: str, before: str, after: str, language: Language | None) -> str:
    if not _VARIABLE.fullmatch(name):
        # In Terraform's other files such a name is that of an argument or a local value.
        is_value = language is not None and language.id == "terraform-values"
        return f"TF_VAR_{name}" if is_value else ""
    # A constant of code is no variable, unless its name says that it may be one.
    is_read = role_at(before, after, language) != "names"
    return name if is_read or is_telling(name) else ""


def is_telling(name: str) -> bool:
    """Whether a name alone says that it is that of a secret of Notion's."""
    return _NOTION.search(name) is not None and _SECRET.search(name) is not None


def names_at(text: str, at: Span) -> list[str]:
    """Return the words that touch a span of a text and may be variables' names."""
    line = line_bounds(text, at.start)
    words = _WORD.finditer(text, line.start, max(line.end, at.end))
    touching = (word[0] for word in words if word.start() <= at.end and at.start <= word.end())
    return [word for word in touching if _VARIABLE.fullmatch(word) or is_telling(word)]


def uses_of(text: str, names: Collection[str], language: Language | None) -> Iterator[Use]:
    """Yield the places of a text that have one of the variables."""
    seen = set[Span]()  # a name in small letters is another spelling of it
    has_fields = _FIELDS in text
    small = _is_terraform(language) or has_fields
    for name in sorted(names):
        for word in _pattern(name, small=small).finditer(text):
            span = Span(*word.span())
            line = line_bounds(text, span.start)
            role = role_at(text[line.start : span.start], text[span.end : line.end], language)
            if role == "names" and has_fields and word[0].islower():
                role = "reads"
            # A constant that is called as a variable may be of any use.
            if span not in seen and (role != "names" or is_telling(name)):
                yield Use(role, (span,), name)
            seen.add(span)


def fed_by(text: str, use: Use) -> Iterator[str]:
    """Yield the variables that a place which sets one takes its value from."""
    if use.role == "sets":
        rest = text[use.spans[0].end : line_bounds(text, use.spans[0].end).end]
        yield from (found[1] for found in _FED.finditer(rest))


def filled_by(text: str, use: Use, language: Language | None) -> Iterator[Span]:
    """Yield the name of the variable that takes its value from a place which reads one."""
    if use.role != "reads" or _is_code(language):
        return
    start = use.spans[0].start
    begin = max(start - _REACH, 0)
    before = text[begin:start]
    if from_a_key := _FROM_A_KEY.search(before):
        yield Span(begin + from_a_key.start(1), begin + from_a_key.end(1))
        return
    if sigil := _SIGIL.search(before):
        before = before[: sigil.start()]
    word = _name_before(before)
    if word and _VARIABLE.fullmatch(word[0]):
        around = before[: word.start()].rpartition("\n")[2], before[word.end() :]
        if role_at(*around, language) == "sets":
            yield Span(begin + word.start(), begin + word.end())


def role_at(before: str, after: str, language: Language | None) -> Role:
    """Return what a text does with a variable, by what stands around its name."""
    if language and language.id == "markdown":
        return "names"
    if _TAKEN_OUT.match(after):
        return "reads"
    quoted, sigil = _QUOTED.search(before), _SIGIL.search(before)
    is_code = _is_code(language)
    if _NAMED.search(before) and not is_code:
        return "sets"
    if _ASSIGNED.match(after) and (quoted or _is_member(sigil) or not (is_code or sigil)):
        return "sets"
    handed_on = not is_code and _HANDED_ON.search(before) and _ALONE.match(after)
    return "reads" if quoted or sigil or handed_on else "names"


def _is_member(sigil: re.Match[str] | None) -> bool:
    # `process.env.X = …` and `$env:X = …` give a value; after `$` and `${` stands a reading.
    return sigil is not None and sigil[0][0].isalpha()


@cache
def _pattern(name: str, *, small: bool) -> re.Pattern[str]:
    words = map(_as_word, spellings(name, small=small))
    return re.compile("|".join(words), re.ASCII)


def _as_word(spelling: str) -> str:
    # `${NAME-default}` has the variable; `my-notion-token` is another secret.
    part = r"[\w-]" if "-" in spelling else r"\w"
    return rf"(?<!{part}){re.escape(spelling)}(?!{part})"


def spellings(name: str, *, small: bool = True) -> tuple[str, ...]:
    """Return how a variable is written: as it is, in small letters, and as the stores have it."""
    own = name.removeprefix("TF_VAR_")
    # Terraform has a variable in small letters, and takes it from the environment with a prefix.
    others = (own.lower(), f"TF_VAR_{own.lower()}")
    stores = (dashed(own),) if is_telling(name) else ()
    every = (name, *(others if small else others[1:]), *stores)
    return tuple(dict.fromkeys(every))


def meant_by(name: str) -> tuple[str, ...]:
    """Return the variables that a name may stand for: in small letters, a field or Terraform's."""
    return (name, name.upper(), f"TF_VAR_{name}") if name.islower() else (name,)


def _is_terraform(language: Language | None) -> bool:
    return language is not None and language.id.startswith("terraform")


def _is_code(language: Language | None) -> bool:
    # What reads a variable by a name of its own, such as `os`, has constants too.
    if _is_terraform(language):
        return False
    read = language.environment if language else None
    if not isinstance(read, Lookup):
        return False
    # A shell has a line above that asks for the variable, and no helper.
    has_helper = read.definition is not None and not read.definition.statement
    return bool(read.requirements) or has_helper
