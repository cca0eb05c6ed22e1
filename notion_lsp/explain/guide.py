"""What to do after a leak: one page of Markdown with boxes to tick, about a token or about any.

The order is that of GitGuardian's, GitHub's and git-filter-repo's own guides: the new token first,
the history last. Commands are for a person to run: nothing of this runs one.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.explain.exposure import sentence
from notion_lsp.explain.masking import mask_text
from notion_lsp.explain.shown import Markdown, code, markdown
from notion_lsp.explain.uses import HEADINGS, ROLES, in_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.detect.kinds import TokenKind
    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.explain.uses import Inventory, Listed


@dataclass(frozen=True, slots=True)
class Leaked:
    """A token that has leaked: how it is shown, where it stands, how far it got, and its uses."""

    kind: TokenKind
    mask: str
    place: str
    exposure: Exposure | None
    inventory: Inventory


_NEW_ONE = (
    "An internal connection has one token: *Refresh*, in step 5, makes the new one and ends the "
    "old one, so that all that uses it stops until it has the new one. To avoid this, make a "
    "second connection, share the same pages with it, and use its token. A personal access token "
    "can stand beside the old one: make it now. For OAuth, exchange the refresh token for a new "
    "pair."
)
_SUCCESSORS = {
    "refresh-token": "The exchange of step 5 gives the new one.",
    "oauth-client-secret": "Step 5 makes the new one. Have the place to put it ready.",
    "webhook-verification-token": "Step 5 makes the new one. Until then, take no event for real.",
    "session-cookie": "The next sign-in makes another one.",
    "file-cookie": "The next sign-in makes another one.",
}
_STORE = (
    "Put it where the code is to read it: a `.env` file that git ignores, the secrets of the build "
    "and of the host, or a secret store. The quick fix, or `notion-lsp fix --store STORE`, makes "
    "the code read it there; with `--keep` it also puts the token that stands in the code now into "
    "the store, which the new one then replaces."
)
_ACTIVITY = (
    "Notion shows nobody what a token has read. What it has changed has its connection, or its "
    "person, as the last editor. On the Enterprise plan there is an audit log, under *Manage "
    "organization*, *Data & Compliance*. Look at both since the day of the leak, and at "
    "*Settings*, *Connections* for what nobody knows. If the token opened other people's data, "
    "tell whoever is responsible for data protection."
)
_PURGE_AFTER = """\
The tool removes the remote `origin` of the copy. Look at the copy, then push it over the old one, \
and ask everybody to clone again:

```sh
git remote add origin ADDRESS
git push --force --all
git push --force --tags
```

GitHub keeps old commits under their ids, in pull requests and in forks, until its support removes \
them. Logs of builds, images, packages, chats and back-ups have their own copies."""
_UNKNOWN = (
    "Ask a repository that has all commits: `notion-lsp check --history` there says which of them "
    "have a token. `notion-lsp guide` without a place shows how to take it out."
)
_UNPUSHED = """\
If nothing is pushed, take it out of the commit, then out of what git keeps of the old one. The \
last two commands also drop all stashes.

```sh
git commit --amend              # or, for an older commit: git rebase --interactive COMMIT^
git reflog expire --expire=now --all
git gc --prune=now
```"""


def page(leaked: Leaked | None = None) -> Markdown:
    """Return the page about a token, or about any."""
    return Markdown("\n\n".join(_parts(leaked)) + "\n")


def _parts(leaked: Leaked | None) -> Iterator[str]:
    yield from _head(leaked)
    yield "## 1. Make a new token"
    yield f"- [ ] {_SUCCESSORS.get(leaked.kind.id, _NEW_ONE) if leaked else _NEW_ONE}"
    yield "## 2. Store it"
    yield f"- [ ] {_STORE}"
    yield "## 3. Have every use read it there"
    yield from _uses(leaked)
    yield "## 4. Check that the new one works"
    yield (
        "- [ ] Run what uses it, and ask Notion: `notion-lsp live --from-env NAME` sends the token "
        "in that variable to Notion, and says whether it is live."
    )
    yield "## 5. End the old one"
    yield from _rotate(leaked)
    yield "## 6. Check that the old one is dead"
    yield f"- [ ] {_rotated(leaked)}"
    yield "## 7. Look at what it was used for"
    yield f"- [ ] {_ACTIVITY}"
    yield "## 8. Take it out of the history, only if that still matters"
    yield (
        "A dead token in a history harms nobody. What follows is worth its trouble where many "
        "people read the repository, or scanners go on to report it."
    )
    yield from _purge(leaked)


def _head(leaked: Leaked | None) -> Iterator[str]:
    if leaked is None:
        yield "# A token leaked: what now?"
        yield (
            "Whoever has seen the file has the token. To take it out of the file does not help "
            "against that: it has to be replaced. Go on in this order."
        )
        return
    yield f"# {markdown(leaked.kind.title)} {code(leaked.mask)} leaked: what now?"
    unknown = " As far as this clone knows, git does not have it yet."
    where = sentence(leaked.exposure) or (
        unknown if leaked.exposure else " The file is in no repository."
    )
    yield (
        f"It stands at {_code(leaked.place)}. {leaked.kind.opens}{markdown(where)} "
        "Go on in this order."
    )


def _uses(leaked: Leaked | None) -> Iterator[str]:
    if leaked is None:
        yield (
            "- [ ] `notion-lsp uses PATH:LINE`, or *Find All References* on the token in an "
            "editor, lists them, those first that stop working."
        )
        return
    groups = in_groups(leaked.inventory)
    if not groups:
        yield "- [ ] No use of it was found."
    for role in ROLES:
        if rows := groups.get(role):
            yield f"{HEADINGS[role]}:"
            yield "\n".join(map(_use, rows))


def _use(listed: Listed) -> str:
    line, column, *_ = listed.place
    said = ", ".join(filter(None, (listed.use.variable, listed.reader, listed.state)))
    return f"- [ ] {_code(f'{listed.path}:{line}:{column}')} {markdown(said)}"


def _code(text: str) -> Markdown:
    # The name of a file may hold a token.
    return code(mask_text(text))


def _rotate(leaked: Leaked | None) -> Iterator[str]:
    # The sentences are ours, with addresses to follow.
    if leaked:
        yield f"- [ ] {leaked.kind.rotate}"
        return
    # Without a token, each kind may be the one.
    yield "\n".join(f"- [ ] **{kind.title}:** {kind.rotate}" for kind in TOKEN_KINDS)


def _rotated(leaked: Leaked | None) -> str:
    # A person pastes this into a shell, and whoever named the file may have thought of that.
    place = shlex.quote(leaked.place) if leaked else "PATH:LINE"
    command = _code(f"notion-lsp rotated --old {place} --new env:NAME")
    return (
        f"{command} asks Notion about both: the old one has to be dead and the new one live, in "
        "the same workspace. Cannot tell is not yes. Keep the old one until then."
    )


def _purge(leaked: Leaked | None) -> Iterator[str]:
    exposure = leaked.exposure if leaked else None
    stage = exposure.stage if exposure else "work tree"
    if exposure and exposure.limits and stage == "work tree":
        yield f"- [ ] {_UNKNOWN}"
        return
    if leaked and stage == "work tree":
        yield "- [ ] Nothing is to be purged: take it out of the file, and do not commit it."
        return
    if stage == "staged":
        yield "- [ ] Nothing is to be purged: `git restore --staged FILE`, then take it out."
        return
    # What is not pushed can still be taken back; of what is, others have a copy.
    if stage == "committed" or leaked is None:
        yield f"- [ ] {_UNPUSHED}"
    if stage != "committed":
        yield f"- [ ] {_rewriting([leaked.kind] if leaked else TOKEN_KINDS)}"


def _rewriting(kinds: Sequence[TokenKind]) -> str:
    # A pattern of the form, so that no file holds the token; it finds its sisters too. A pattern of
    # the settings may be of another dialect than that of Python's `re`, which the tool takes.
    own = (kind for kind in kinds if kind in TOKEN_KINDS)
    rows = (f"regex:{kind.shapes[0].inner}==>{kind.placeholder}" for kind in own)
    patterns = dict.fromkeys(rows)
    listed = "\n".join(patterns) or "regex:PATTERN==>****"
    return f"""\
Write this into a file `patterns.txt` beside the repository:

```
{listed}
```

Then, with git-filter-repo (`pip install git-filter-repo`), rewrite a fresh clone. It replaces \
what has the form of a token in files and in messages, and not what is encoded or split:

```sh
git clone --no-local REPOSITORY cleaned
cd cleaned
git filter-repo --replace-text ../patterns.txt --replace-message ../patterns.txt
```

{_PURGE_AFTER}"""
