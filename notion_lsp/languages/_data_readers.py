"""What reads a file of YAML, JSON or TOML, and where it takes secrets from."""

from __future__ import annotations

from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any

_WRANGLER = Refused(
    "A Worker keeps secrets apart: run wrangler secret put, and use .dev.vars to try it."
)
_AZURE_PIPELINES = Refused(
    "Azure Pipelines has secret variables: set this one in the pipeline's settings, and give it to "
    "the step in env."
)
_BITBUCKET = Refused("Bitbucket has secured variables: set this one in the repository's settings.")

YAML_READERS = (
    # serverless.com, variables: it stops where a variable is not set.
    Runtime(
        "serverless",
        Lookup("${env:{name}}"),
        title="the Serverless Framework",
        path=r"/serverless(?:[.-]\w+)*\.ya?ml$",
    ),
    # docs.ansible.com, ansible.builtin.env: `undef` has it stop where a variable is not set.
    Runtime(
        "ansible",
        Lookup("{{ lookup('ansible.builtin.env', '{name}', default=undef()) }}"),
        title="Ansible",
        # A play, and a task by the full name of its module.
        text=r"^- (?:.*\n  ){0,3}hosts:(?=(?s:.*)^  (?:become|connection|gather_facts|handlers"
        r"|pre_tasks|remote_user|roles|tasks|vars|vars_files):)|^[ -] ansible\.builtin\.\w+:",
    ),
    Runtime(
        "ansible",
        Lookup("{{ lookup('ansible.builtin.env', '{name}', default=undef()) }}"),
        title="Ansible",
        path=r"/(?:group_vars|host_vars|roles/[^/]+/(?:vars|defaults|tasks|handlers))/",
    ),
    Runtime(
        "ansible",
        Lookup("{{ lookup('ansible.builtin.env', '{name}', default=undef()) }}"),
        title="Ansible",
        # A list of tasks, by a module that many of them have.
        text=r"^- name:.*\n  (?:\w+\.\w+\.\w+|get_url|set_fact|uri):[ \t]*$",
    ),
    # omegaconf.readthedocs.io, resolvers: it stops where a variable is not set.
    Runtime(
        "omegaconf",
        Lookup("${oc.env:{name}}"),
        title="OmegaConf",
        text=r"\$\{oc\.env:",
    ),
    # symfony.com, "Configuration Based on Environment Variables"; `env(NAME)` is a default for one.
    Runtime(
        "symfony",
        Lookup("%env({name})%"),
        title="Symfony",
        unless=r"^\s+[\"']?env\(\w+\)[\"']?:",
        path=r"/config/(?:[\w-]+/)*[\w-]+\.ya?ml$",
        beside=in_any("composer.json", r'"symfony/(?:framework-bundle|dependency-injection)"'),
    ),
    # docs.continue.dev, secrets.
    Runtime(
        "continue",
        Lookup(
            "${{ secrets.{name} }}",
            remains=(
                Remains("Add {} to ~/.continue/.env or to the secrets of Continue.", "{name}"),
            ),
        ),
        title="Continue",
        path=r"/\.continue/",
    ),
    Runtime(
        "helm",
        Refused(
            "Helm puts no variables into values: give this one with --set-file, or have the chart "
            "name a Secret that is there."
        ),
        path=r"/values(?:[.-]\w+)*\.ya?ml$",
        beside=in_any("Chart.yaml"),
    ),
    Runtime(
        "cloud-build",
        Refused(
            "Cloud Build reads Secret Manager: name the secret in availableSecrets, and give it to "
            "the step in secretEnv."
        ),
        path=r"/cloudbuild(?:[.-]\w+)*\.ya?ml$",
    ),
    Runtime(
        "cloudformation",
        Refused(
            "CloudFormation reads secrets by resolve:secretsmanager: keep the token in AWS Secrets "
            "Manager."
        ),
        text=r"^AWSTemplateFormatVersion:|^Transform:.*\bAWS::Serverless",
    ),
    Runtime(
        "azure-pipelines",
        _AZURE_PIPELINES,
        path=r"/azure-pipelines(?:[.-]\w+)*\.ya?ml$|/\.azure-?pipelines/",
    ),
    Runtime(
        "azure-pipelines",
        _AZURE_PIPELINES,
        text=r"^(?:pool|pr|trigger):"
        r"(?=(?s:.*)^[ -]*steps:(?:\s+#.*)*\s*^\s*- (?:bash|checkout|pwsh|script|task):)",
    ),
    Runtime(
        "bitbucket",
        _BITBUCKET,
        text=r"^pipelines:(?:\s+#.*)*\s*^\s+(?:branches|custom|default|pull-requests|tags):"
        r"(?=(?s:.*)^\s*- step:)",
    ),
    Runtime(
        "woodpecker",
        Refused("Woodpecker and Drone keep secrets apart: name this one in from_secret."),
        path=r"/\.(?:woodpecker|drone)(?:/[\w.-]+)?\.ya?ml$",
    ),
    Runtime(
        "bitbucket",
        _BITBUCKET,
        path=r"/bitbucket-pipelines\.ya?ml$",
    ),
    Runtime(
        "task",
        Refused(
            "Task hands its environment on: delete what sets the variable, and set it outside or "
            "in a file that dotenv names."
        ),
        path=r"/[Tt]askfile(?:\.dist)?\.ya?ml$",
    ),
    Runtime(
        "pulumi",
        Refused("Pulumi encrypts secrets: run pulumi config set --secret, which asks for one."),
        path=r"/Pulumi(?:\.[\w-]+)?\.ya?ml$",
    ),
    Runtime(
        "app-engine",
        Refused("App Engine has no secrets in this file: have the code ask Secret Manager."),
        text=r"^env_variables:",
        path=r"/app(?:[.-]\w+)*\.ya?ml$",
    ),
    Runtime(
        "render",
        Refused("Render asks for the value of a variable that has sync: false in place of one."),
        path=r"/render\.ya?ml$",
    ),
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
            "npm hands its environment on to scripts: delete what sets the variable, and set it "
            "outside."
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
)
