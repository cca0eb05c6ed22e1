"""What Ruby code lays over a value that a name has, in a later statement."""

from __future__ import annotations

from notion_lsp.languages._overlaid import nested
from notion_lsp.languages._ruby_defaults import MERGES

_PLACE = "[(constant) (identifier) (instance_variable)]"
_PAIR = "(hash (pair key: (_) @laid_key value: %s))"
_STRING = "(string) @literal"
LAID = f"""
(assignment left: (_) @laid right: [
  {_STRING}
  {nested(_PAIR, _STRING)}
  (call receiver: {nested(_PAIR, _STRING)} method: (identifier))])
((assignment left: (_) @laid right: (call
  receiver: (_) @_struct method: (identifier) @_new
  arguments: (argument_list (pair key: (_) @laid_key value: {_STRING}))))
  (#match? @_struct "OpenStruct$") (#eq? @_new "new"))
"""
OVERLAYS = rf"""
((call
  receiver: {_PLACE} @overlaid method: (identifier) @_merge
  arguments: (argument_list . (_) @_over))
  (#match? @_merge "{MERGES}") (#not-match? @_over "^[{{\"':]|^\\w+:|=>"))
((call method: (identifier) @_under arguments: (argument_list . {_PLACE} @overlaid))
  (#match? @_under "^(reverse_(deep_)?merge|with_defaults)!?$|^(each_with_object|inject|reduce)$"))
((hash . (hash_splat_argument {_PLACE} @overlaid)) @_all
  (#match? @_all "^.\\s*[*]{{2}}[^*]*,\\s*[*]{{2}}"))
(assignment left: (element_reference
  object: {_PLACE} @overlaid . [(identifier) (call) (element_reference)]))
((call !receiver method: (identifier) @overlaid) (#eq? @overlaid "instance_variable_set"))

(assignment left: [(identifier) (element_reference) (call)] @set)
(assignment left: [(instance_variable) (global_variable)] @set @shared)
(assignment left: (_) @target right: (_) @given)
[(begin) (block) (case) (do_block) (for) (if) (if_modifier) (rescue_modifier) (unless)
 (unless_modifier) (until) (while)] @branch
[(method) (singleton_method)] @function
[(class) (module)] @class

(binary operator: ["||" "or"] right: [(constant) (identifier)] @fallback)
(conditional condition: (_) @condition consequence: (constant) @fallback alternative: (_) @other)
(conditional
  condition: (_) @condition
  consequence: (_) @other alternative: [(constant) (identifier)] @fallback)
(operator_assignment operator: "||=" right: [(constant) (identifier)] @fallback)
(optional_parameter value: (constant) @fallback)
(keyword_parameter value: (constant) @fallback)
((pair key: (hash_key_symbol) @_default value: (constant) @fallback) (#eq? @_default "default"))
((call method: (identifier) @_fetch arguments: (argument_list (_) . (constant) @fallback .))
  (#eq? @_fetch "fetch"))
"""
