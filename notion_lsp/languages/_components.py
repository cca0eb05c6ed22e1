"""Files in which code of a server stands beside a component, which runs in the browser too.

Sources: reactrouter.com, "Route Module"; nextjs.org, "getServerSideProps"; tanstack.com, Start,
"Server Functions"; docs.solidjs.com, "use server"; qwik.dev, "Route Loader".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._javascript_overlays import OVERLAYS
from notion_lsp.languages._javascript_schemas import fit_schema
from notion_lsp.languages._overlaid import fit_overlaid
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_FUNCTION = "[(arrow_function) (function_expression)]"
COMPONENTS = f"""
((function_declaration name: (identifier) @_component) @component
  (#match? @_component "^[A-Z]"))
((variable_declarator name: (identifier) @_component value: {_FUNCTION} @component)
  (#match? @_component "^[A-Z]"))
((variable_declarator
  ; memo, forwardRef, observer.
  name: (identifier) @_component
  value: (call_expression arguments: (arguments . {_FUNCTION} @component)))
  (#match? @_component "^[A-Z]"))
(export_statement value: [
  (call_expression arguments: (arguments . {_FUNCTION} @component))
  {_FUNCTION} @component])
(class_declaration body: (_) @component)
([(function_declaration name: (identifier) @_hook) @hook
  (variable_declarator name: (identifier) @_hook value: {_FUNCTION} @hook)]
  (#match? @_hook "^use[A-Z]"))
((jsx_attribute . (property_identifier) @_on (jsx_expression {_FUNCTION} @handler))
  (#match? @_on "^on[A-Z]"))
([(function_declaration name: (identifier) @_client) @fixed
  (variable_declarator name: (identifier) @_client value: {_FUNCTION} @fixed)]
  (#any-of? @_client "clientLoader" "clientAction")
  (#set! reason "This function runs in the browser: read the token in a loader or an action."))
((call_expression function: (identifier) @_qwik arguments: (arguments . {_FUNCTION} @fixed))
  (#any-of? @_qwik "component$" "useVisibleTask$" "useTask$" "useOnWindow" "useOnDocument")
  (#set! reason "A component runs in the browser too: read the token in routeLoader$ or server$."))
"""
# What a file has that is bundled twice: for the server, and without this for the browser.
_SERVER_PART = re.compile(
    r"^export (?:async )?(?:function|const) "
    r"(?:loader|action|getServerSideProps|getStaticProps|getServerData)\b"
    r"|\bcreateServerFn\(|\bfrom [\"'](?:solid-js|@solidjs/)",
    re.MULTILINE,
)
_MARKUP = re.compile(r"<(?:[A-Za-z][\w.]*[\s/>]|>)")
# A person sees these in a terminal or in Raycast, which have no browser.
_ELSEWHERE = re.compile(r"\bfrom [\"'](?:ink|@raycast/api)\b")
_HANDLER = Refused("This handler runs in the browser: have it ask a function of the server.")
_COMPONENT = Refused(
    "A component runs in the browser too: read the token in the part of the server, and hand on "
    "what that gets."
)


def fit(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site | Refused:
    """Return the site, unless it is in a component of a file that has a part of the server.

    A handler of an event never runs on the server.
    """
    if "handler" in site.captures and not _ELSEWHERE.search(syntax.text):
        return _HANDLER
    components = (span.of(syntax.text) for span in site.captures.get("component", ()))
    is_shipped = "hook" in site.captures or any(map(_MARKUP.search, components))
    if is_shipped and _SERVER_PART.search(syntax.text):
        return _COMPONENT
    return fit_overlaid(syntax, fit_schema(syntax, site), OVERLAYS)
