"""Where Elixir code is evaluated when it is compiled, or must be a constant.

What runs when the code is compiled must not read the environment: the value would be stored in the
compiled module, and the build would need the variable instead of the program. In a module that is
all code outside of its functions and tests, and all code of macros.
"""

_BODY = "A module's code outside of functions runs when it is compiled: move it into a function."
_MACRO = "A macro runs when the code is compiled: read the token in a function."
_PATTERN = "A pattern or a guard must be a constant."

_DEFINES = "def(macro)?p?"
_MODULES = "def(module|impl|protocol)|describe"
# ExUnit makes a function of each of these blocks, and so does Plug's router.
_BLOCKS = "test|property|setup(_all)?|get|post|put|patch|delete|head|options|match"
_IN_MODULE = f'(#match? @_module "^({_MODULES})$") (#set! reason "{_BODY}")'
_PARAMETER = """
[(binary_operator left: (_) @fixed)
 (binary_operator operator: ["=" "<>"]) @fixed
 [(string) (charlist) (sigil) (list) (map) (tuple) (bitstring) (keywords) (unary_operator)] @fixed]
"""

CONSTANT = rf"""
((call target: (identifier) @_defines) @fixed
  (#match? @_defines "^defmacrop?$") (#set! reason "{_MACRO}"))
((call target: (identifier) @_module (do_block (binary_operator) @fixed)) {_IN_MODULE})
((call target: (identifier) @_module (do_block (call target: (dot)) @fixed)) {_IN_MODULE})
((call target: (identifier) @_module (do_block (call target: (identifier) @_called) @fixed))
  {_IN_MODULE} (#not-match? @_called "^({_DEFINES}|{_MODULES}|{_BLOCKS})$"))
((call
  target: (identifier) @_module
  (do_block (call target: (identifier) @_called (arguments) @fixed)))
  {_IN_MODULE} (#match? @_called "^({_MODULES}|{_BLOCKS})$"))

((binary_operator left: (_) @fixed operator: ["=" "<-"]) (#set! reason "{_PATTERN}"))
((binary_operator operator: "when" right: (_) @fixed) (#set! reason "{_PATTERN}"))
((anonymous_function (stab_clause left: (_) @fixed)) (#set! reason "{_PATTERN}"))
((call target: (_) @_block (do_block (stab_clause left: (_) @fixed)))
  (#not-eq? @_block "cond") (#set! reason "{_PATTERN}"))
((do_block (_ (stab_clause left: (_) @fixed))) (#set! reason "{_PATTERN}"))
((call target: (identifier) @_matches (arguments . (_) @fixed))
  (#match? @_matches "^(match[?]|(assert|refute)_received?)$") (#set! reason "{_PATTERN}"))
((call
  target: (identifier) @_defines
  (arguments . [
    (call (arguments {_PARAMETER}))
    (binary_operator left: (call (arguments {_PARAMETER})) operator: "when")]))
  (#match? @_defines "^{_DEFINES}$") (#set! reason "{_PATTERN}"))
"""
