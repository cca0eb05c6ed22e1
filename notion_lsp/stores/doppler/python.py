"""Python: Doppler's own kit, whose answers have no types."""

from notion_lsp.languages._python_reads import FUNCTOOLS, OS
from notion_lsp.lookup import Definition, Lookup, Requirement

LOOKUP = Lookup(
    '{doppler_secret}("{NAME}")',
    (
        FUNCTOOLS,
        OS,
        Requirement(
            # The package is called `doppler-sdk`, its module is not.
            "dopplersdk",
            "from dopplersdk import DopplerSDK",
            "DopplerSDK",
            member="DopplerSDK",
            aliased="from dopplersdk import DopplerSDK as Doppler",
            alias="Doppler",
            standard=False,
        ),
    ),
    # In `computed` the references to other secrets are resolved; `raw` has them as typed.
    Definition(
        "doppler_secret",
        """\
@{functools}.cache
def {doppler_secret}(name: str) -> str:
    client = {DopplerSDK}({os}.environ["DOPPLER_TOKEN"])
    answer = client.secrets.get(
        name=name,
        config={os}.environ["DOPPLER_CONFIG"],
        project={os}.environ["DOPPLER_PROJECT"],
    )
    secret: str = answer.value["computed"]
    if not secret:
        raise LookupError(f"Doppler has no value for {name}")
    return secret""",
        signature=r"def doppler_secret\(\w+: str\) -> str:",
    ),
    packages=("doppler-sdk",),
)
