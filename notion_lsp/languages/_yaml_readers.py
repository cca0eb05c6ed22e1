"""What reads a file of YAML, and where it takes secrets from."""

from __future__ import annotations

from notion_lsp.languages._data_readers import DESCRIPTION, INSOMNIA
from notion_lsp.languages._pipeline_readers import PIPELINES
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, all_of, in_any


def _read_by(title: str, expression: str) -> Lookup:
    return Lookup(expression, remains=(Remains(f"Set {{}} where {title} runs.", "{name}"),))


# docs.ansible.com, ansible.builtin.env: `undef` has it stop where a variable is not set.
_ANSIBLE = _read_by("Ansible", "{{ lookup('ansible.builtin.env', '{name}', default=undef()) }}")
# serverless.com, variables: it stops where a variable is not set.
_SERVERLESS = _read_by("the Serverless Framework", "${env:{name}}")
# docs.continue.dev, secrets.
_CONTINUE = Lookup(
    "${{ secrets.{name} }}",
    remains=(Remains("Add {} to ~/.continue/.env or to the secrets of Continue.", "{name}"),),
)
KUSTOMIZE = Refused(
    "Kustomize reads such a value from a file too: name one that git ignores in the generator's "
    "`envs`."
)

YAML_READERS = (
    Runtime(
        "serverless",
        _SERVERLESS,
        title="the Serverless Framework",
        path=r"/serverless(?:[.-]\w+)*\.ya?ml$",
    ),
    Runtime(
        "serverless",
        _SERVERLESS,
        title="the Serverless Framework",
        # OpenFaaS has a provider and handlers too.
        text=all_of(
            r"^provider:[ \t]*(?:aws|azure|google)\b|^[ ]+name:[ \t]*[\"']?(?:aws|azure|google)\b",
            r"^provider:",
            r"^functions:",
            r"\bhandler:",
        ),
    ),
    Runtime(
        "ansible",
        _ANSIBLE,
        title="Ansible",
        # A play, and a task by the full name of its module.
        text=all_of(
            r"^- (?:.*\n  ){0,3}hosts:",
            r"^  (?:become|connection|gather_facts|handlers|pre_tasks|remote_user|roles|tasks|vars"
            r"|vars_files):",
        )
        + r"|^[ -] ansible\.builtin\.\w+:",
    ),
    Runtime(
        "ansible",
        _ANSIBLE,
        title="Ansible",
        path=r"/(?:group_vars|host_vars|roles/[^/]+/(?:vars|defaults|tasks|handlers))/",
    ),
    Runtime(
        "ansible",
        _ANSIBLE,
        title="Ansible",
        # A list of tasks, by a module that many of them have.
        text=r"^- name:.*\n  (?:\w+\.\w+\.\w+|get_url|set_fact|uri):[ \t]*$",
    ),
    # docs.ansible.com, "How to build your inventory": its variables are templates too.
    Runtime(
        "ansible",
        _ANSIBLE,
        title="Ansible",
        text=r"\A(?=(?s:.*)^(?:all|ungrouped):)(?=(?s:.*)^[ ]+hosts:)(?=(?s:.*)^[ ]+vars:)",
    ),
    # docs.getdbt.com, env_var: it stops where a variable is not set.
    Runtime(
        "dbt",
        _read_by("dbt", "{{ env_var('{name}') }}"),
        title="dbt",
        text=r"^[ ]+outputs:|^(?:config-version|model-paths|models|profile):",
        path=r"/(?:profiles|dbt_project)\.ya?ml$",
    ),
    # kestra.io, secret(): since 0.21 it stops where there is no such secret.
    Runtime(
        "kestra",
        Lookup(
            "{{ secret('{name}') }}",
            action="Read it from the secret {name} of Kestra",
            remains=(Remains("Add {} to the secrets of Kestra.", "{name}"),),
        ),
        title="Kestra",
        text=r"\btype: [\"']?io\.kestra\.",
    ),
    # yarnpkg.com, configuration: it stops where a variable is not set.
    Runtime("yarn", _read_by("Yarn", "${{name}}"), title="Yarn", path=r"/\.yarnrc\.yml$"),
    Runtime(
        "mkdocs",
        Refused("MkDocs reads a variable by a tag: write !ENV NOTION_TOKEN in place of the value."),
        path=r"/mkdocs\.ya?ml$",
    ),
    Runtime(
        "conda",
        Refused("conda sets this variable: delete the line, and set it where the code runs."),
        text=r"^variables:",
        path=r"/environment\.ya?ml$",
    ),
    # omegaconf.readthedocs.io, resolvers: it stops where a variable is not set.
    Runtime(
        "omegaconf",
        Lookup("${oc.env:{name}}"),
        title="OmegaConf",
        # hydra.cc, "The Defaults List", "Packages": Hydra's files are OmegaConf's.
        text=r"\$\{oc\.env:|^defaults:[ ]*\n(?:[ ]*- .*\n)*[ ]*- _self_\b|^# @package\b|^hydra:",
    ),
    # symfony.com, "Configuration Based on Environment Variables"; `env(NAME)` is a default for one.
    Runtime(
        "symfony",
        Lookup("%env({name})%"),
        title="Symfony",
        unless=r"^[^\S\n]+[\"']?env\(\w+\)[\"']?:",
        path=r"/config/(?:(?!config/)[\w-]+/)*[\w-]+\.ya?ml$",
        beside=in_any("composer.json", r'"symfony/(?:framework-bundle|dependency-injection)"'),
    ),
    Runtime(
        "continue",
        _CONTINUE,
        title="Continue",
        path=r"/\.continue/",
    ),
    Runtime(
        "continue",
        _CONTINUE,
        title="Continue",
        text=all_of(r"^schema: v1\b", r"^(?:context|data|docs|mcpServers|models|prompts|rules):"),
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
        "cloudformation",
        Refused(
            "CloudFormation reads secrets by resolve:secretsmanager: keep the token in AWS Secrets "
            "Manager."
        ),
        text=r"^AWSTemplateFormatVersion:|^Transform:.*\bAWS::Serverless"
        r"|\A(?=(?s:.*)^Resources:)(?=(?s:.*)^[ ]+Type: [\"']?(?:AWS|Custom)::)",
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
    # librechat.ai, MCP servers.
    Runtime(
        "librechat",
        _read_by("LibreChat", "${{name}}"),
        title="LibreChat",
        text=r"^mcpServers:",
        path=r"/librechat(?:\.\w+)*\.ya?ml$",
    ),
    Runtime(
        "kustomize",
        KUSTOMIZE,
        text=r"^(?:secretGenerator|configMapGenerator):",
    ),
    Runtime(
        "helmfile",
        Refused(
            "Helmfile reads a variable where it is written as {{ requiredEnv }}, in a file whose "
            "name ends with .gotmpl."
        ),
        path=r"/helmfile(?:\.\w+)*\.ya?ml$",
    ),
    Runtime(
        "dagster",
        Refused("Dagster reads a variable where a value is a mapping: write env: and its name."),
        text=r"^(?:ops|run_coordinator|run_launcher|run_storage):\s*$",
    ),
    Runtime(
        "home-assistant",
        Refused(
            "Home Assistant reads secrets.yaml: put the whole value there, and write !secret and "
            "its name here."
        ),
        text=r"^(?:automation|default_config|homeassistant|rest|rest_command|sensor):|: !secret\b",
        path=r"/(?:configuration|packages/[\w-]+|automations|rest\w*|sensors?)\.ya?ml$",
    ),
    Runtime(
        "open-api",
        DESCRIPTION,
        text=r"^[\"']?(?:openapi|swagger|asyncapi)[\"']?:",
    ),
    Runtime(
        "insomnia",
        INSOMNIA,
        text=r"^type: \w+\.insomnia\.rest/|^_type: export",
    ),
    Runtime(
        "app-platform",
        Refused(
            "App Platform encrypts a variable of type SECRET: delete the value here, and set it in "
            "the control panel."
        ),
        path=r"/\.do/[\w.-]+\.ya?ml$",
    ),
    Runtime(
        "cloud-init",
        Refused(
            "Every program on the machine can read its user data: ask a secrets manager when the "
            "machine starts."
        ),
        text=r"\A#cloud-config\b",
    ),
    Runtime(
        "goose",
        Refused(
            "Goose keeps secrets in a keyring: name the variable in env_keys, without a value."
        ),
        text=r"\A(?=(?s:.*)^extensions:)(?=(?s:.*)^[ ]+envs:)",
    ),
    Runtime(
        "erb",
        Refused('ERB fills in this file: write <%= ENV.fetch("{name}") %> here.'),
        text=r"<%[=-]?\s*\S",
    ),
    *PIPELINES,
)
