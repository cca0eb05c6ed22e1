"""What Go's lookups and helpers need, and the helper of the environment."""

from dataclasses import replace

from notion_lsp.lookup import Definition, Requirement, built_in

OS = Requirement("os", 'import "os"', "os", aliased='import sysos "os"', alias="sysos")

# A package may declare these for itself, and then they have no other name (Go, "Universe block").
PREDECLARED = tuple(
    replace(built_in(name, ""), of_helpers=True) for name in ("nil", "panic", "string")
)

CONTEXT = Requirement(
    "context",
    'import "context"',
    "context",
    aliased='import stdcontext "context"',
    alias="stdcontext",
)
# Goroutines may read a helper's cache at once, for which a plain map is not safe (Go, "sync").
SYNC = Requirement(
    "sync", 'import "sync"', "sync", aliased='import stdsync "sync"', alias="stdsync"
)

# `os.Getenv` gives an empty string where nothing is set; the helper panics and names the variable.
MUST_ENV = Definition(
    "mustEnv",
    """\
func {mustEnv}(name string) string {
	value, found := {os}.LookupEnv(name)
	if !found || value == "" {
		panic("environment variable " + name + " is not set")
	}
	return value
}""",
    signature=r"func mustEnv\(\w+ string\) string \{",
)
