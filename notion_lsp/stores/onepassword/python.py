"""Python: 1Password's own kit, which has coroutines only."""

from notion_lsp.languages._python_reads import FUNCTOOLS, OS, THREADS
from notion_lsp.lookup import Definition, Lookup, Requirement

# `resolve_all` answers for each reference, with the secret or with an error.
LOOKUP = Lookup(
    '{onepassword_secret}("{REFERENCE}")',
    (
        Requirement(
            "asyncio",
            "import asyncio",
            "asyncio",
            aliased="import asyncio as _asyncio",
            alias="_asyncio",
        ),
        FUNCTOOLS,
        OS,
        THREADS,
        Requirement(
            "onepassword",
            "import onepassword",
            "onepassword",
            aliased="import onepassword as onepassword_sdk",
            alias="onepassword_sdk",
            standard=False,
        ),
    ),
    # The kit demands a name and a version of what asks (README of 1Password's SDK).
    Definition(
        "onepassword_secret",
        """\
@{functools}.cache
def {onepassword_secret}(reference: str) -> str:
    async def resolve() -> str:
        client = await {onepassword}.Client.authenticate(
            auth={os}.environ["OP_SERVICE_ACCOUNT_TOKEN"],
            integration_name="Notion token",
            integration_version="1.0.0",
        )
        answers = await client.secrets.resolve_all([reference])
        (answer,) = answers.individual_responses.values()
        if not answer.content or not answer.content.secret:
            raise LookupError(f"1Password has no {reference}: {answer.error}")
        return answer.content.secret

    # An event loop may run here already: a thread of its own has none.
    with {ThreadPoolExecutor}(1) as thread:
        return thread.submit({asyncio}.run, resolve()).result()""",
        signature=r"def onepassword_secret\(\w+: str\) -> str:",
    ),
    packages=("onepassword-sdk",),
)
