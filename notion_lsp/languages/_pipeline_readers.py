"""What runs the pipelines of a file of YAML, and where it takes secrets from."""

from __future__ import annotations

from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, all_of

_AZURE_PIPELINES = Refused(
    "Azure Pipelines has secret variables: set this one in the pipeline's settings, and give it to "
    "the step in env."
)

# What may stand between a key and what is on the lines below it.
NEXT = r"[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*"

PIPELINES = (
    Runtime(
        "cloud-build",
        Refused(
            "Cloud Build reads Secret Manager: name the secret in availableSecrets, and give it to "
            "the step in secretEnv."
        ),
        path=r"/cloudbuild(?:[.-]\w+)*\.ya?ml$",
    ),
    Runtime(
        "azure-pipelines",
        _AZURE_PIPELINES,
        path=r"/azure-pipelines(?:[.-]\w+)*\.ya?ml$|/\.azure-?pipelines/",
    ),
    Runtime(
        "azure-pipelines",
        _AZURE_PIPELINES,
        text=all_of(
            r"^(?:pool|pr|trigger):",
            rf"^[ -]*steps:{NEXT}- (?:bash|checkout|pwsh|script|task):",
        ),
    ),
    Runtime(
        "woodpecker",
        Refused("Woodpecker and Drone keep secrets apart: name this one in from_secret."),
        path=r"/\.(?:woodpecker|drone)(?:/[\w.-]+)?\.ya?ml$",
    ),
    Runtime(
        "prefect",
        Refused(
            "Prefect keeps secrets in blocks: make a Secret block, and write "
            "{{ prefect.blocks.secret.NAME }} here."
        ),
        text=r"^prefect-version:|\A(?=(?s:.*)^deployments:)(?=(?s:.*)^[ ]+work_pool:)",
    ),
    Runtime(
        "buildkite",
        Refused(
            "Buildkite keeps secrets apart: name this one in secrets of the step, and read the "
            "variable in its command."
        ),
        path=r"\A(?=.*/\.buildkite/).*\.ya?ml$",
    ),
    Runtime(
        "pre-commit",
        Refused("No shell runs this entry: have it call a script that reads the token."),
        path=r"/\.pre-commit-config\.ya?ml$",
    ),
)
