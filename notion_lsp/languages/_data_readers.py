"""What reads a file of JSON, TOML, INI or properties, and where it takes secrets from."""

from __future__ import annotations

from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime

_WRANGLER = Refused(
    "A Worker keeps secrets apart: run wrangler secret put, and use .dev.vars to try it."
)
DESCRIPTION = Refused("Others read a description of an API: write a placeholder here.")
INSOMNIA = Refused(
    "Insomnia keeps secrets in its vault or in a private environment: write {{ _.notion_token }} "
    "here."
)
HELD_HERE = Refused("This is the file the token belongs in, as long as git ignores it.")
_HANDED_ON = Refused(
    "A task has the variables of whoever starts it: delete what sets this one, and set it outside."
)

JSON_READERS = (
    Runtime(
        "n8n",
        Refused("n8n keeps credentials apart from its workflows: make one, and choose it here."),
        text=r"\"n8n-nodes-base\.",
    ),
    # learn.microsoft.com, configuration in ASP.NET Core.
    Runtime(
        "appsettings",
        Refused(
            "ASP.NET Core reads this from a variable too, with two underscores between the names: "
            "delete the line, and set it so, or by dotnet user-secrets."
        ),
        path=r"/appsettings(?:\.\w+)*\.json$",
    ),
    Runtime(
        "npm",
        Refused(
            "npm hands its environment on to scripts: write ${name} for the token, or delete "
            "what sets the variable, and set it outside."
        ),
        path=r"/package\.json$",
    ),
    Runtime(
        "claude-code",
        Refused(
            "Claude Code hands its environment on: delete the line, and set the variable where it "
            "is started."
        ),
        path=r"/\.claude/settings(?:\.local)?\.json$",
    ),
    Runtime(
        "zed",
        Refused("Zed takes no variables here: start the server by a script that reads the token."),
        path=r"/\.?zed/settings\.json$",
    ),
    Runtime(
        "expo",
        Refused("Expo ships this file with the application: read the token on a server."),
        text=r"\"expo\"\s*:\s*\{",
        path=r"/app\.json$",
    ),
    Runtime(
        "vercel",
        Refused("Vercel keeps variables of its own: run vercel env add, which asks for one."),
        path=r"/(?:vercel|now)\.json$",
    ),
    Runtime("wrangler", _WRANGLER, path=r"/wrangler\.jsonc?$"),
    Runtime(
        "azure-functions",
        Refused("This file is for your machine alone: keep it out of git."),
        path=r"/local\.settings\.json$",
    ),
    Runtime(
        "cloudformation",
        Refused(
            "CloudFormation reads secrets by resolve:secretsmanager: keep the token in AWS Secrets "
            "Manager."
        ),
        text=r"\"Type\"\s*:\s*\"(?:AWS|Custom)::|\"AWSTemplateFormatVersion\"",
    ),
    Runtime(
        "cdk",
        Refused("The CDK keeps its context in the template: have the stack name a secret instead."),
        path=r"/cdk(?:\.context)?\.json$",
    ),
    Runtime(
        "ecs",
        Refused("ECS reads AWS Secrets Manager: name the secret in secrets, with valueFrom."),
        text=r"\"containerDefinitions\"\s*:",
    ),
    Runtime(
        "terraform-json",
        Refused(
            "Terraform reads a variable here too: write ${var.notion_token}, and declare it as "
            "sensitive."
        ),
        path=r"/[\w.-]+\.tf\.json$",
    ),
    Runtime(
        "node-red",
        Refused(
            "Node-RED reads a variable that is the whole of a property, as ${{name}}, or "
            "keeps a credential."
        ),
        text=r"\"wires\"\s*:\s*\[",
    ),
    Runtime(
        "make-blueprint",
        Refused("Make keeps connections apart from scenarios: make one, and choose it here."),
        text=r"\"module\"\s*:\s*\"[\w-]+:\w+\"",
    ),
    Runtime("open-api", DESCRIPTION, text=r"\"(?:openapi|swagger|asyncapi)\"\s*:\s*\"\d"),
    Runtime("insomnia", INSOMNIA, text=r"\"__export_format\"\s*:"),
    Runtime(
        "thunder-client",
        Refused("Thunder Client reads {{notion_token}} from an environment: keep that out of git."),
        text=r"\"clientName\"\s*:\s*\"Thunder Client\"",
    ),
    Runtime(
        "hoppscotch",
        Refused(
            "Hoppscotch has secret variables in its environments: write <<notion_token>> here."
        ),
        text=r"\A(?=(?s:.*)\"endpoint\"\s*:)(?=(?s:.*)\"(?:preRequestScript|requestVariables|auth)\"\s*:)",
    ),
    Runtime("http-client", HELD_HERE, path=r"/http-client\.private\.env\.json$"),
    Runtime(
        "http-client",
        Refused("Put this into http-client.private.env.json, as long as git ignores that."),
        path=r"/http-client\.env\.json$",
    ),
    Runtime(
        "launch-settings",
        Refused(
            "This sets a variable: delete it, and set it by dotnet user-secrets, or where Visual "
            "Studio is started."
        ),
        path=r"/launchSettings\.json$",
    ),
    Runtime(
        "script-runner",
        _HANDED_ON,
        path=r"/(?:composer\.json|deno\.jsonc?|turbo\.json|nx\.json|project\.json)$",
    ),
    Runtime(
        "zed",
        Refused("Zed takes no variables here: start the server by a script that reads the token."),
        text=r"\"context_servers\"\s*:",
    ),
    Runtime(
        "vscode-mcp",
        Refused("VS Code asks for the token in mcp.json: move the server there, with an input."),
        text=r"\"(?:mcp\"\s*:\s*\{\s*\"servers|mcp\.servers)\"",
        path=r"/settings\.json$|\.code-workspace$",
    ),
)
TOML_READERS = (
    Runtime("wrangler", _WRANGLER, path=r"/wrangler\.toml$"),
    Runtime(
        "fly",
        Refused("Fly.io keeps secrets apart: run fly secrets import, and type the line."),
        path=r"/fly(?:\.\w+)*\.toml$",
    ),
    Runtime(
        "netlify",
        Refused("Netlify keeps variables of its own: set this one in the site's settings."),
        path=r"/netlify\.toml$",
    ),
    Runtime(
        "mise",
        Refused("mise reads variables from a file that git ignores too: name it in env._.file."),
        path=r"/\.?mise(?:\.\w+)*\.toml$",
    ),
    Runtime(
        "codex",
        Refused(
            "Codex hands on the variables that env_vars names: name this one there, and delete the "
            "line."
        ),
        text=r"^\[mcp_servers\.",
    ),
    Runtime(
        "sam",
        Refused("Everyone who deploys reads this file: have the template name a secret instead."),
        path=r"/samconfig\.toml$",
    ),
    Runtime("secrets-file", HELD_HERE, path=r"/\.?secrets(?:\.\w+)*\.toml$"),
    # What runs tests, tasks and builds of Python.
    Runtime(
        "script-runner",
        _HANDED_ON,
        text=r"^\[tool\.(?:[\w.-]*[._-])?(?:env(?:ironment|-vars)?|tasks|scripts)\b"
        r"|^env\s*=\s*[\[{]|^\[scripts\]",
        path=r"/(?:pyproject\.toml|Pipfile)$",
    ),
    Runtime(
        "cargo",
        Refused("Cargo hands its environment on: delete the line, and set the variable outside."),
        text=r"^\[env\]",
        path=r"/\.cargo/config(?:\.toml)?$",
    ),
)
