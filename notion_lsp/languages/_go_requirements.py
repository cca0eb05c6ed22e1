"""What Go's lookups and helpers need: packages, and names that the language has by itself."""

from dataclasses import replace

from notion_lsp.lookup import Requirement, built_in

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
