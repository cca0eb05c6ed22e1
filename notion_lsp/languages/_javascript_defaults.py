"""Tokens as the defaults of what code in JavaScript reads from elsewhere."""

from notion_lsp.languages._default_names import DEFAULTS_NAME
from notion_lsp.languages._javascript_reads import READ_OF_NODE
from notion_lsp.languages._overlaid import nested
from notion_lsp.languages._reasons import SETS_ENVIRONMENT

ENVIRONMENT = """
  [(member_expression
     object: [(member_expression) (identifier)] @_env property: (property_identifier) @name)
   (subscript_expression
     object: [(member_expression) (identifier)] @_env index: (string (string_fragment) @name))
   (call_expression
     function: (member_expression object: (member_expression) @_env property: (_) @_get)
     arguments: (arguments . (string (string_fragment) @name) .))]
"""
IS_ENVIRONMENT = """
  (#any-of? @_env "process.env" "import.meta.env" "Bun.env" "Deno.env" "__ENV" "env" "c.env")
  (#eq? @_get "get")
"""
STRING = "[(string) (template_string)]"
# Behind a member of an object, up to three further: to take any two of its members together takes
# as long as the square of their number.
_NEAR = ". (_)? . (_)? ."

_FUNCTION = "[(arrow_function) (function_expression)]"
_IN_BROWSER = (
    '(#set! reason "This function runs in a browser: hand the token over as an argument.")'
)
_AS_TEXT = (
    '(#set! reason "The text of this function runs elsewhere: hand the token over as an argument.")'
)


def _sent(function: str) -> str:
    # What takes a function to send its text elsewhere: WebDriver, Playwright, TestCafe, workerpool.
    return rf"""
; page.evaluate(() => …)
((call_expression function: (member_expression property: (property_identifier) @_sent)
  arguments: (arguments . {function}))
  (#match? @_sent
    "^([$]?[$]?eval|addInitScript|evaluate(All|Handle|OnNewDocument)?|waitForFunction)$")
  {_IN_BROWSER})
; driver.executeScript(() => …)
((call_expression function: (member_expression object: (_) @_driver property: (_) @_sent)
  arguments: (arguments . {function}))
  (#match? @_driver "(^|[.])(browser|client|driver|I)$")
  (#match? @_sent "^execute(Async)?(Script)?$")
  {_IN_BROWSER})
; page.$eval("#a", () => …)
((call_expression function: (member_expression property: (property_identifier) @_sent)
  arguments: (arguments (_) . {function}))
  (#match? @_sent "^[$][$]?eval$")
  {_IN_BROWSER})
; ClientFunction(() => …)
((call_expression function: (identifier) @_sent arguments: (arguments . {function}))
  (#any-of? @_sent "ClientFunction" "Selector")
  {_IN_BROWSER})
; pool.exec(() => …)
((call_expression function: (member_expression object: (_) @_pool property: (_) @_sent)
  arguments: (arguments . {function}))
  (#match? @_pool "(?i)pool$") (#eq? @_sent "exec")
  {_AS_TEXT})
; collection.mapReduce(function () …, function () …)
((call_expression function: (member_expression property: (_) @_sent)
  arguments: (arguments {function}))
  (#eq? @_sent "mapReduce")
  {_AS_TEXT})
; (() => …).toString(), `${{() => …}}`
((member_expression object: [(parenthesized_expression {function}) {function}] property: (_) @_text)
  (#eq? @_text "toString")
  {_AS_TEXT})
(template_substitution [(parenthesized_expression {function}) {function}] {_AS_TEXT})
"""


HANDED = _sent("(identifier) @handed")
# Functions whose text runs elsewhere: in a browser, or before the file's own functions are there.
ELSEWHERE = (
    _sent(f"{_FUNCTION} @fixed")
    + rf"""
((function_declaration name: (identifier) @handed) @fixed {_AS_TEXT})
((variable_declarator name: (identifier) @handed value: {_FUNCTION} @fixed) {_AS_TEXT})
((pair key: (property_identifier) @_config value: (object
  (pair key: (property_identifier) @_public value: (object) @fixed)))
  ; nuxt.com, "Runtime Config".
  (#eq? @_config "runtimeConfig") (#eq? @_public "public")
  (#set! reason "Nuxt ships what is public to the browser: put the token beside it."))
((pair key: (property_identifier) @_shipped value: (object) @fixed)
  ; docusaurus.io, "customFields"; nextjs.org, "Runtime Config".
  (#any-of? @_shipped "customFields" "publicRuntimeConfig")
  (#set! reason "This part of the configuration ships to the browser: use a server of yours."))
; collection.find({{ $where: function () … }})
((pair key: (property_identifier) @_where value: {_FUNCTION} @fixed)
  (#eq? @_where "$where")
  {_AS_TEXT})
; jest.mock("a", () => …)
((call_expression function: (member_expression object: (_) @_tool property: (_) @_mock)
  arguments: (arguments (_) [(arrow_function) (function_expression)] @fixed))
  (#any-of? @_tool "jest" "vi") (#any-of? @_mock "doMock" "mock" "setMock" "unstable_mockModule")
  (#set! reason "The factory of a mock may use nothing of the file: read the variable in it."))
; Object.assign(process.env, …), process.env = …
((call_expression function: (_) @_assign arguments: (arguments . (member_expression) @_env) @fixed)
  (#match? @_assign "^(Object[.](assign|definePropert(y|ies))|Reflect[.](defineProperty|set))$")
  (#any-of? @_env "process.env" "import.meta.env")
  (#set! reason "{SETS_ENVIRONMENT}"))
((assignment_expression left: (member_expression) @_env right: (_) @fixed)
  (#any-of? @_env "process.env" "import.meta.env")
  (#set! reason "{SETS_ENVIRONMENT}"))
; for (const [name, value] of Object.entries({{ A: "TOKEN" }})) process.env[name] = value;
([(for_in_statement right: (_) @fixed body: (_) @_body)
  (call_expression
    function: (member_expression object: (call_expression arguments: (arguments) @fixed))
    arguments: (arguments . [(arrow_function) (function_expression)] @_body))]
  (#match? @_body "process[.]env\\[\\w+\\]\\s*([|]{{2}}|[?]{{2}})?=[^=]")
  (#set! reason "{SETS_ENVIRONMENT}"))
; jest.replaceProperty(process, "env", …)
((call_expression function: (member_expression property: (_) @_replace)
  arguments: (arguments . (_) @_process . (string) @_env (_) @fixed))
  (#match? @_replace "^(replaceProperty|stubProperty)$") (#eq? @_process "process")
  (#match? @_env "^.env.$")
  (#set! reason "{SETS_ENVIRONMENT}"))
; sinon.stub(process, "env").value(…)
((call_expression
  function: (member_expression
    object: (call_expression arguments: (arguments . (_) @_env)) property: (_) @_value)
  arguments: (arguments) @fixed)
  (#match? @_env "^process([.]env)?$") (#any-of? @_value "get" "value")
  (#set! reason "{SETS_ENVIRONMENT}"))
; Deno.env.set("A", "TOKEN"), vi.stubEnv("A", "TOKEN")
((call_expression function: (_) @_stub arguments: (arguments) @fixed)
  (#any-of? @_stub "Deno.env.set" "vi.stubEnv")
  (#set! reason "{SETS_ENVIRONMENT}"))
; PropertiesService.getScriptProperties().setProperty("a", "TOKEN"), of Apps Script
((call_expression function: (member_expression property: (_) @_set) @_sets
  arguments: (arguments . (string)) @fixed)
  (#match? @_sets "[Pp]rop(ertie)?s?([(].{{0,200}}[)])?[.]set|^Keychain[.]set$")
  (#any-of? @_set "setProperty" "set")
  (#set! reason "This line stores the token: delete it once it has run."))
"""
)

_OBJECT = "(object (pair value: %s))"
ASSIGNS = '"Object.assign" "_.assign" "_.extend" "_.merge" "merge" "deepmerge" "extend"'
OWN = nested(_OBJECT, f"{STRING} @literal @default")
# What reads the variable that stands beside the default, and does not stop.
_READ = READ_OF_NODE.replace('"', '\\"')
_LENIENT = rf'(#set! instead "{_READ} ?? \"\"")'
DEFAULTS = rf"""
; The read stays as it is written, since a bundler puts the value in its place.
; process.env.A || "TOKEN"
((binary_expression left: {ENVIRONMENT} @source operator: ["||" "??"] right: {STRING} @literal)
  {IS_ENVIRONMENT})
; a ?? process.env.A ?? "TOKEN"
((binary_expression
  left: (binary_expression operator: ["||" "??"] right: {ENVIRONMENT} @source)
  operator: ["||" "??"] right: {STRING} @literal)
  {IS_ENVIRONMENT})
; process.env.A?.trim() || "TOKEN"
((binary_expression
  left: (call_expression function: (member_expression object: {ENVIRONMENT}) @source)
  operator: ["||" "??"] right: {STRING} @literal)
  {IS_ENVIRONMENT})
((binary_expression
  ; NestJS and their like read variables by their names.
  left: (call_expression
    function: (member_expression object: (_) @_config property: (_) @_get) @source
    arguments: (arguments . (string (string_fragment) @name) .))
  operator: ["||" "??"] right: {STRING} @literal)
  (#match? @_config "(?i)config(service)?$") (#eq? @_get "get") (#match? @name "^[A-Z][A-Z0-9_]*$"))
; configService.get("A", "TOKEN")
((call_expression
  function: (member_expression object: (_) @_config property: (_) @replace)
  arguments: (arguments . (string (string_fragment) @name) . {STRING} @literal .))
  (#match? @_config "[cC]onfigService$") (#eq? @replace "get")
  (#set! instead "getOrThrow(\"{{name}}\""))
; config.get("A", "TOKEN")
((call_expression
  function: (member_expression object: (_) @_config property: (_) @_get)
  arguments: (arguments . (string (string_fragment) @name) . {STRING} @literal @replace .))
  (#match? @_config "(^|[.])_?config$") (#eq? @_get "get") (#match? @name "^[A-Z][A-Z0-9_]*$")
  {_LENIENT})
; const {{ A = "TOKEN", B: b = "TOKEN" }} = process.env
((variable_declarator
  name: (object_pattern [
    (object_assignment_pattern
      left: (shorthand_property_identifier_pattern) @name right: {STRING} @literal)
    (pair_pattern
      key: (property_identifier) @name value: (assignment_pattern right: {STRING} @literal))])
  value: (member_expression) @source)
  (#any-of? @source "process.env" "import.meta.env" "Bun.env"))
((call_expression
  function: (_) @source
  arguments: (arguments . (string (string_fragment) @name) . {STRING} @literal))
  (#match? @source "(?i)env(var|ironment|variable)?(or|default|string|str)?$|env[.]get$"))

((call_expression function: (_) @_get arguments: (arguments (_) . {STRING} @literal @default .))
  (#match? @_get
    "(^_|lodash|[.])get$|[.](getOr|getOrDefault|getItem|fallback|option(al)?|requiredOption)$"))
((call_expression
  function: (member_expression property: (_) @_argument)
  arguments: (arguments (_) . (_) . {STRING} @literal @default .))
  ; commander.
  (#eq? @_argument "argument"))
; All of an object is evaluated, also what another value is laid over.
((variable_declarator name: (identifier) @_defaults value: [
  {OWN} (call_expression function: (_) @_freeze arguments: (arguments . {OWN} .))])
  (#match? @_defaults "{DEFAULTS_NAME}") (#eq? @_freeze "Object.freeze"))
((object (pair value: {STRING} @literal @default) (spread_element (_) @_over))
  (#not-match? @_over "\\benv$"))
((call_expression
  function: (_) @_assign
  arguments: (arguments {OWN} . (_) @_over))
  (#any-of? @_assign {ASSIGNS})
  (#not-match? @_over "\\benv$"))
((call_expression
  function: (_) @_defaults
  arguments: (arguments . (_) {OWN}))
  (#match? @_defaults "^(_|lodash)?[.]?(defaults|defaultsDeep)$|^defu$|\\(\"rc\"\\)$|^rc$"))
((call_expression
  function: (member_expression property: (_) @_reduce) arguments: (arguments (_) . {OWN} .))
  (#eq? @_reduce "reduce"))
; All that an array holds is evaluated, also what is not taken.
((call_expression function: (member_expression
  object: (array (_) @tried . {STRING} @literal @default .) property: (_) @_find))
  (#any-of? @_find "find" "filter"))
((pair key: (property_identifier) @_default value: {STRING} @literal @default)
  (#any-of? @_default "default" "defaultValue" "devDefault"))
((object
  ; convict and oclif.
  (pair key: (property_identifier) @_env value: (string (string_fragment) @name))
  {_NEAR} (pair key: (property_identifier) @_default value: {STRING} @literal @replace))
  (#eq? @_env "env") (#eq? @_default "default") {_LENIENT})
((object
  (pair key: (property_identifier) @_default value: {STRING} @literal @replace)
  {_NEAR} (pair key: (property_identifier) @_env value: (string (string_fragment) @name)))
  (#eq? @_env "env") (#eq? @_default "default") {_LENIENT})
; yargs.option("a", {{ default: "TOKEN" }})
((call_expression function: (member_expression property: (_) @_option) arguments: (arguments
  . (string)
  . (object
      (pair key: (property_identifier) @_default value: {STRING} @literal @replace)) @_object .))
  (#eq? @_option "option") (#eq? @_default "default")
  (#not-match? @_object "\\b(demand(Option)?|env|required?)\\b")
  (#set! instead "{_READ}, demandOption: true"))
((call_expression
  ; commander.
  function: (member_expression
    object: (call_expression
      function: (member_expression property: (_) @_default)
      arguments: (arguments {STRING} @literal @replace))
    property: (_) @_env)
  arguments: (arguments . (string (string_fragment) @name)))
  (#eq? @_env "env") (#eq? @_default "default") {_LENIENT})
((pair
  ; zod and envalid.
  key: (property_identifier) @name
  value: (call_expression
    function: (member_expression property: (_) @_default) arguments: (arguments {STRING} @literal)))
  (#eq? @_default "default"))
((pair
  key: (property_identifier) @name
  value: (call_expression arguments: (arguments
    (object (pair key: (property_identifier) @_default value: {STRING} @literal)))))
  (#eq? @_default "default") (#match? @name "^[A-Z][A-Z0-9_]*$"))
((pair
  key: (property_identifier) @_default
  value: (object (pair value: {STRING} @literal @default)))
  ; minimist, yargs-parser, rc.
  (#match? @_default "^defaults?$"))
((call_expression
  function: (member_expression property: (property_identifier) @_defaults)
  arguments: (arguments (object (pair value: {STRING} @literal @default))))
  ; nconf, request.
  (#match? @_defaults "^defaults?$"))
((call_expression
  function: (member_expression property: (property_identifier) @_default)
  arguments: (arguments {STRING} @literal @default))
  (#any-of? @_default "catch" "default" "prefault" "withDefault"))
"""
