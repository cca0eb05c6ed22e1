"""Tokens as the defaults of fields, and in dictionaries that other values are laid over.

A field takes a function for its default: it is called where no value is given. `FIELD` and
`MODEL_FIELD` are what such a function is handed to.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages._default_names import DEFAULTS_NAME
from notion_lsp.languages._overlaid import as_default, nested
from notion_lsp.lookup import WITHIN, Requirement
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

FIELD = Requirement(
    "dataclasses",
    "from dataclasses import field",
    "field",
    member="field",
    aliased="from dataclasses import field as _field",
    alias="_field",
)
MODEL_FIELD = Requirement(
    "pydantic",
    "from pydantic import Field",
    "Field",
    member="Field",
    aliased="from pydantic import Field as _Field",
    alias="_Field",
    standard=False,
)

_FACTORY = f"lambda: {WITHIN}"
_IS_DATACLASS = r'(#match? @_decorator "^@([\\w.]+[.])?dataclass\\b")'
_IS_ATTRS = r'(#match? @_decorator "^@(attrs?[.])?(s|attrs|define|frozen|mutable)\\b")'
_BASES = '"(^|[.])(NamedTuple|Struct)$"'
_NO_ENVIRONMENT = '(#not-match? @_over "environ")'


def _in_class(decorator: str, statement: str) -> str:
    return f"""
  (decorated_definition (decorator) @_decorator
    definition: (class_definition name: (identifier) @class
      body: (block (expression_statement ({statement}))) @body))
  {decorator}"""


DICTIONARY = "(dictionary (pair value: %s))"
_OWN = nested(DICTIONARY, "(string) @literal @default")
_PLAIN = "assignment left: (_) @member type: (type) @_type right: (string) @literal"
_MADE = """assignment right: (call function: (_) @_field arguments: [
  (argument_list . (string) @literal @replace)
  (argument_list
    (keyword_argument name: (identifier) @_default value: (string) @literal) @replace)])"""
_IS_MADE = '(#match? @_field "(^|[.])(field|ib|attrib)$") (#eq? @_default "default")'

FIELDS = f"""
; @dataclass class A: a: str = "TOKEN"
({_in_class(_IS_DATACLASS, f"{_PLAIN} @replace")}
  (#not-match? @_type "\\\\b(ClassVar|InitVar)\\\\b") (#not-match? @_decorator "^@dataclasses[.]")
  (#set! instead "{{field}}(default_factory={_FACTORY})"))
({_in_class(_IS_DATACLASS, f"{_PLAIN} @replace")}
  (#not-match? @_type "\\\\b(ClassVar|InitVar)\\\\b") (#match? @_decorator "^@dataclasses[.]")
  (#set! instead "dataclasses.field(default_factory={_FACTORY})"))
; An `InitVar` takes no factory.
({_in_class(_IS_DATACLASS, f"{_PLAIN} @default")} (#match? @_type "\\\\bInitVar\\\\b"))
; a: str = field(default="TOKEN"), and so for attrs
({_in_class(_IS_DATACLASS, _MADE)} {_IS_MADE} (#set! instead "default_factory={_FACTORY}"))
({_in_class(_IS_ATTRS, _MADE)} {_IS_MADE} (#set! instead "factory={_FACTORY}"))
({_in_class(_IS_ATTRS, f"{_PLAIN} @default")})
; class A(NamedTuple): a: str = "TOKEN"
((class_definition
  superclasses: (argument_list (_) @_base)
  body: (block (expression_statement ({_PLAIN} @default))))
  (#match? @_base {_BASES}))
; class A(BaseModel): a: str = "TOKEN"
((class_definition
  superclasses: (argument_list (_) @_base)
  body: (block (expression_statement ({_PLAIN} @replace))))
  (#match? @_base "(^|[.])BaseModel$") (#not-match? @_type "\\\\bClassVar\\\\b")
  (#set! instead "{{Field}}(default_factory={_FACTORY})"))
; class A(Base): a: str = "TOKEN", where `Base` may be such a model
((class_definition name: (identifier) @class
  superclasses: (argument_list (_) @inherited)
  body: (block (expression_statement ({_PLAIN} @plain))) @body)
  (#not-match? @_type "\\bClassVar\\b"))
; class A(BaseModel): a: str = Field("TOKEN")
((class_definition
  superclasses: (argument_list (_) @_base)
  body: (block (expression_statement ({_MADE}))))
  (#match? @_base "(^|[.])BaseModel$") (#match? @_field "(^|[.])Field$") (#eq? @_default "default")
  (#set! instead "default_factory={_FACTORY}"))
; class A(BaseModel): a: SecretStr = SecretStr("TOKEN")
((class_definition
  superclasses: (argument_list (_) @_base)
  body: (block (expression_statement (assignment right: (call
    function: (_) @_secret arguments: (argument_list . (string) @literal @default .))))))
  (#match? @_base "(^|[.])BaseModel$") (#match? @_secret "Secret"))
; class A(BaseSettings): a: SecretStr = SecretStr("TOKEN"), which reads the variable itself
((class_definition
  superclasses: (argument_list (_) @_settings)
  body: (block (expression_statement (assignment left: (identifier) @name right: (call
    function: (_) @_secret arguments: (argument_list . (string) @literal .)) @replace))))
  (#match? @_settings "(^|[.])BaseSettings$") (#match? @_secret "Secret")
  (#set! instead "...") (#set! prefixed "true"))
; class A(BaseSettings): a: SecretStr = Field(default=SecretStr("TOKEN"))
((class_definition
  superclasses: (argument_list (_) @_settings)
  body: (block (expression_statement (assignment left: (identifier) @name right: (call
    arguments: (argument_list (keyword_argument name: (identifier) @_default value: (call
      function: (_) @_secret arguments: (argument_list . (string) @literal .)) @replace)))))))
  (#match? @_settings "(^|[.])BaseSettings$") (#match? @_secret "Secret") (#eq? @_default "default")
  (#set! instead "...") (#set! prefixed "true"))
; namedtuple("A", "a b", defaults=["TOKEN"])
((keyword_argument
  name: (identifier) @_defaults value: [(list (string) @literal @default)
    (tuple (string) @literal @default)])
  (#eq? @_defaults "defaults"))

; All of a dictionary is evaluated, also what another value is laid over.
((dictionary
  (pair value: (string) @literal @default) (dictionary_splat (_) @_over))
  {_NO_ENVIRONMENT} (#not-match? @_over "^{{"))
; {{"a": "TOKEN"}} | given
((binary_operator
  left: {_OWN} operator: "|" right: (_) @_over)
  {_NO_ENVIRONMENT} (#not-match? @_over "^{{"))
; dict(a="TOKEN") | given
((binary_operator
  left: (call function: (_) @_dict arguments: (argument_list
    (keyword_argument value: (string) @literal @default)))
  operator: "|" right: (_) @_over)
  (#eq? @_dict "dict") {_NO_ENVIRONMENT})
; dict({{"a": "TOKEN"}}, **given)
((call function: (_) @_dict arguments: (argument_list
  . {_OWN} . [(keyword_argument) (dictionary_splat)]
  @_over))
  (#eq? @_dict "dict") {_NO_ENVIRONMENT})
; DEFAULTS = {{"a": "TOKEN"}}
((assignment left: (identifier) @_defaults right: [
  {_OWN}
  (call function: (identifier) @_dict arguments: (argument_list
    (keyword_argument value: (string) @literal @default)))])
  (#match? @_defaults "{DEFAULTS_NAME}") (#eq? @_dict "dict"))
; ChainMap(given, {{"a": "TOKEN"}})
((call function: (_) @_chain arguments: (argument_list
  . (_) @_over {_OWN}))
  (#match? @_chain "(^|[.])ChainMap$") {_NO_ENVIRONMENT})
; ConfigParser({{"a": "TOKEN"}}), merge({{"a": "TOKEN"}}, …)
((call function: (_) @_parser arguments: (argument_list
  . {_OWN}))
  (#match? @_parser "(^|[.])(\\\\w*ConfigParser|merge)$"))
; {{"DEFAULT": {{"a": "TOKEN"}}}}, config["DEFAULT"] = {{"a": "TOKEN"}}, of a ConfigParser
((pair
  key: (string (string_content) @_section)
  value: {_OWN})
  (#eq? @_section "DEFAULT"))
((assignment
  left: (subscript subscript: (string (string_content) @_section))
  right: {_OWN})
  (#eq? @_section "DEFAULT"))
"""


# Where code takes a class as a value, and may then read a field of it that it has no longer.
_READS = """
(attribute object: (_) @class attribute: (identifier) @member)
((call function: (_) @_function arguments: (argument_list (_) @class))
  (#not-match? @_function "^(cast|field|isinstance|issubclass)$"))
((keyword_argument name: (identifier) @_name value: (_) @class)
  (#not-match? @_name "^(default_)?factory$"))
(assignment right: (identifier) @class)
(pair value: (identifier) @class)
(list (identifier) @class)
(tuple (identifier) @class)
(return_statement (identifier) @class)
(class_definition name: (identifier) @derived superclasses: (argument_list (_) @base))
"""
# A model of pydantic 1 takes the `Field` of pydantic 2 for the value itself.
_OLDER_FIELD = re.compile(r"\bpydantic\.v1\b")
_MADE_BY_MODEL = f"{{Field}}(default_factory={_FACTORY})"
_MODELS = frozenset({"BaseModel", "BaseSettings"})
_DEPTH = 3
_OWN_CLASS = frozenset({"cls", "self.__class__", "type(self)"})


def fit_field(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site:
    """Return the site, as another one where a function cannot take the value's place.

    A class has no attribute for a field whose default is a function's, and an `__init__` of its own
    calls no such function.
    """
    if _is_of_model(syntax, site, mentioning):
        site = replace(site, replaced=site.literal.span, instead=_MADE_BY_MODEL)
    names, bodies, members = (
        [span.of(syntax.text) for span in site.captures.get(each, ())]
        for each in ("class", "body", "member")
    )
    if "{Field}" in (site.instead or "") and _OLDER_FIELD.search(syntax.text):
        return replace(site, replaced=None, instead=None)
    if site.instead is None or not names:
        return site
    if any("def __init__" in each for each in bodies):
        return replace(site, replaced=None, instead=None)
    others = (each.syntax for each in mentioning(word(names[0])))
    texts = [syntax, *filter(None, others)]
    return as_default(site) if _is_read(texts, frozenset(names), frozenset(members)) else site


def _is_of_model(syntax: Syntax, site: Site, mentioning: Mentioning) -> bool:
    inherited = [span.of(syntax.text) for span in site.captures.get("inherited", ())]
    is_plain = site.literal.span in site.captures.get("plain", ())
    if site.instead is not None or not (is_plain and site.literal.whole):
        return False
    return any(_is_model(syntax, each, mentioning, _DEPTH) for each in inherited)


def _is_model(syntax: Syntax, base: str, mentioning: Mentioning, depth: int) -> bool:
    name = base.rpartition(".")[2]
    if name in _MODELS or not (depth and name.isidentifier()):
        return name in _MODELS
    others = (each.syntax for each in mentioning(rf"class {name}\b"))
    above = [each for text in (syntax, *filter(None, others)) for each in _bases_of(text, name)]
    return any(_is_model(syntax, each, mentioning, depth - 1) for each in above)


def _bases_of(syntax: Syntax, name: str) -> list[str]:
    rows = (row for row in syntax.found(_READS) if "derived" in row)
    return [row["base"].of(syntax.text) for row in rows if row["derived"].of(syntax.text) == name]


def _is_read(texts: Sequence[Syntax], names: frozenset[str], members: frozenset[str]) -> bool:
    rows = [
        {name: span.of(each.text) for name, span in row.items()}
        for each in texts
        for row in each.found(_READS)
    ]
    derived = {row["derived"] for row in rows if row.get("base", "").rpartition(".")[2] in names}
    return any(_reads(row, names | derived, members) for row in rows if "class" in row)


def _reads(row: Mapping[str, str], classes: frozenset[str], members: frozenset[str]) -> bool:
    is_one_of = row["class"].rpartition(".")[2] in classes
    if "member" not in row:
        return is_one_of
    is_read = row["member"] in members or row["member"] == "__dict__"
    return is_read and (is_one_of or row["class"] in _OWN_CLASS)
