"""What reads a variable in JavaScript and TypeScript: in most places a helper, which throws."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.lookup import Definition, Lookup, Requirement, built_in

if TYPE_CHECKING:
    from collections.abc import Mapping


def imported_in_module(module: str, name: str, alias: str) -> Requirement:
    """Return the import of a name from what only a module can import."""
    return Requirement(
        module,
        f'import {{ {name} }} from "{module}";',
        name,
        member=name,
        aliased=f'import {{ {name} as {alias} }} from "{module}";',
        alias=alias,
        standard=False,
    )


def imported(module: str, name: str, alias: str) -> Requirement:
    """Return the import of a name from a package, in a module and in a file that is none."""
    return replace(
        imported_in_module(module, name, alias),
        commonjs=f'const {{ {name} }} = require("{module}");',
        aliased_commonjs=f'const {{ {name}: {alias} }} = require("{module}");',
    )


MAP = built_in("Map", "globalThis.Map")  # What is called so in many a kit, too.
ERROR = built_in("Error", "globalThis.Error")
# Node.js has it as a module as well, which a file may import under this name.
PROCESS = replace(built_in("process", "globalThis.process"), module="node:process")


def throwing(
    expression: str, *needs: Requirement, called: str = "requireEnv", seen: str = r"\.env\b"
) -> Lookup:
    """Return the lookup whose helper throws where an expression for `name` gives nothing.

    The expression alone gives `undefined`, which a string takes as that word. `seen` is what tells
    a helper of ours from another function: a pattern of the expression.
    """
    return Lookup(
        f'{{{called}}}("{{name}}")',
        (*needs, ERROR),
        definition=Definition(
            called,
            f"""\
function {{{called}}}(name) {{
  const value = {expression};
  if (!value) throw new {{Error}}(`${{name}} is not set`);
  return value;
}}""",
            signature=(
                rf"(?s){called}(?: =(?: function)?)? [(]? \w+(?:: string)?,? [)]?(?:: string)?"
                rf"(?: =>)? .*{seen}.*\bthrow\b"
            ),
        ),
    )


# TypeScript may be told to let no dot read what only an index has.
READ_OF_NODE = '{process}.env["{name}"]'
ENVIRONMENT_OF_NODE = replace(
    throwing("{process}.env[name]", PROCESS), lenient=f'{READ_OF_NODE} ?? ""'
)
# What a helper is written with in TypeScript.
TYPES_OF_HELPER = {"(name) {": "(name: string): string {"}
# `new Map()` alone is a `Map<any, any>`.
CACHE = {"new {Map}()": "new {Map}<string, string>()"}


def typed(javascript: Lookup, types: Mapping[str, str]) -> Lookup:
    """Return JavaScript's lookup with TypeScript's types, by what they take the place of."""
    helper = javascript.definition
    text = helper.text if helper else ""
    for plain, with_types in types.items():
        text = text.replace(plain, with_types)
    return replace(javascript, definition=helper and replace(helper, text=text))


# A function with parameters, as helpers have them.
_FUNCTION = re.compile(
    r"(?m)^([ \t]*)(?=(?:(?:async )?function [^\s(]+|const \w+ = )\((\w+(?:, \w+)*)\) (?:\{|=>))"
)


def documented(helper: str) -> str:
    """Return a helper with comments that give TypeScript the types of its parameters.

    TypeScript checks JavaScript too where it is asked to, and lets no parameter be of any type.
    """
    return _FUNCTION.sub(_with_types, helper)


def _with_types(function: re.Match[str]) -> str:
    indent, parameters = function[1], function[2].split(", ")
    lines = [f"@param {{string}} {each}" for each in parameters]
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n{indent}"
    return "".join(
        f"{indent}{each}\n" for each in ("/**", *(f" * {each}" for each in lines), " */")
    )


def imports(module: str) -> str:
    """Return a pattern of what imports a module, which is a pattern too."""
    return rf"(?:\bfrom\s*|\bimport\s*(?:\(\s*)?|\brequire\(\s*)[\"']{module}[\"']"


# What only Node.js and its like have, as a script does that builds a browser's code beside it. A
# bundler puts in what `process.env` has under a few names.
NODE = (
    imports(
        r"(?:node:[^\"']*|(?:fs|path|os|http|https|child_process|process|readline|express|dotenv)(?:/[^\"']*)?)"
    )
    + r"|\bprocess\.(?!env\b)|\bprocess\.env\.(?!NODE_ENV\b|\w*PUBLIC_|VITE_|REACT_APP_)"
    + r"|^#!.*\b(?:node|bun)\b"
)

# A test, or a program that drives a browser, names what a browser has and does not run in one.
DRIVES = r"|\b(?:describe|it|test)\(|[\"'](?:puppeteer|playwright|@playwright|jsdom|selenium)"
