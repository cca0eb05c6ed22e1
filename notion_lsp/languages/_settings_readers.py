"""What reads a file of XML, HCL, INI or Java properties, and where it takes secrets from."""

from __future__ import annotations

from notion_lsp.languages._compiled_runtimes import DEVICE
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any

XML_READERS = (
    # maven.apache.org, POM reference, properties.
    Runtime(
        "maven",
        Refused(
            "Maven reads a variable as ${env.{name}}: write that, and set it where Maven runs."
        ),
        text=r"<settings\b",
        path=r"/settings\.xml$",
    ),
    Runtime(
        "dotnet-settings",
        Refused(
            "A file that git ignores can hold this section: name it in configSource, or in file of "
            "appSettings."
        ),
        text=r"<(?:appSettings|connectionStrings)\b",
    ),
    Runtime(
        "run-configuration",
        Refused("This sets a variable for one machine: name a .env file, or do not share it."),
        text=r"<envs?\b",
        path=r"/\.(?:idea|run)/",
    ),
    Runtime(
        "spring-beans",
        Refused("Spring reads ${{name}} where placeholders are configured: write that here."),
        text=r"<beans\b",
    ),
    # learn.microsoft.com, nuget.config reference: environment variables.
    Runtime(
        "nuget",
        Refused("NuGet reads a variable as %NOTION_TOKEN%: write that, and set it where it runs."),
        path=r"(?i)/nuget\.config$",
    ),
    # logging.apache.org, Log4j, "Environment lookup"; logback.qos.ch, "Variable substitution".
    Runtime(
        "log4j-xml",
        Refused("Log4j reads a variable as ${env:NOTION_TOKEN}: write that here."),
        path=r"/log4j2?[\w-]*\.xml$",
    ),
    Runtime(
        "logback",
        Refused("Logback reads a variable as ${NOTION_TOKEN}: write that here."),
        path=r"/logback[\w-]*\.xml$",
    ),
)
HCL_READERS = (
    Runtime(
        "packer",
        Refused(
            'Packer reads env("{name}") as the default of a variable: write that, and mark '
            "the variable as sensitive."
        ),
        path=r"\.pkr\.hcl$",
    ),
    Runtime(
        "bake",
        Refused(
            "Bake takes a variable of that name from where it runs: leave its default out, and "
            "hand it on as a secret, as an argument stays in the image."
        ),
        path=r"/docker-bake(?:\.\w+)*\.hcl$",
    ),
    Runtime(
        "nomad",
        Refused(
            "Nomad reads its own variables or Vault in a template block: name the secret there."
        ),
        text=r"^[ \t]*(?:job|group|task)[ \t]+\"",
    ),
)
INI_READERS = (
    # github.com/lightbend/config, HOCON: it stops where the variable is not set.
    Runtime(
        "hocon",
        Refused(
            "HOCON reads a variable by ${{name}} outside of quotes: write that in place of "
            "the string."
        ),
        path=r"/(?:resources|conf)/(?:application|reference)[\w.-]*\.conf$",
    ),
    # supervisord.org, "Environment Variables": it does not start where one is not set.
    Runtime(
        "supervisor",
        Lookup("%(ENV_{name})s", remains=(Remains("Set {} where supervisord runs.", "{name}"),)),
        title="Supervisor",
        text=r"^\[(?:program:|supervisord\])",
    ),
    # docs.platformio.org, build_flags: they are a part of what is put onto the board.
    Runtime("device", DEVICE, path=r"/platformio\.ini$"),
    # docs.npmjs.com, npmrc, which pnpm and Yarn 1 read too.
    Runtime(
        "npm-settings",
        Lookup("${{name}}", remains=(Remains("Set {} where npm runs.", "{name}"),)),
        title="npm",
        path=r"/\.npmrc$",
    ),
    Runtime(
        "tox",
        Refused("tox hands on the variables that pass_env names: name it there, without a value."),
        text=r"^\[(?:testenv|tox)\b",
    ),
    Runtime(
        "pytest",
        Refused("A test has the variables of whoever starts it: delete this, and set it outside."),
        text=r"^\[(?:tool:)?pytest\]",
    ),
    Runtime(
        "uwsgi",
        Refused("uWSGI reads a variable as $({name}): write that, and set it where it runs."),
        text=r"^\[uwsgi\]",
    ),
    Runtime(
        "airflow",
        Refused(
            "Airflow reads AIRFLOW__SECTION__KEY too: delete the line, and set that, or use a "
            "secrets backend."
        ),
        path=r"/airflow\.cfg$",
    ),
    Runtime(
        "php-settings",
        Refused("PHP reads a variable as ${{name}}: write that, and set it where PHP runs."),
        path=r"/(?:php|\.user)\.ini$",
    ),
    Runtime(
        "ansible-inventory",
        Refused("Move it to group_vars, where a lookup of the environment may stand."),
        text=r"^\[[\w-]+:(?:children|vars)\]",
    ),
)
PROPERTIES_READERS = (
    # docs.gradle.org, build environment: the variable comes before the file.
    Runtime(
        "gradle-properties",
        Refused(
            "Gradle reads a property from a variable too, ORG_GRADLE_PROJECT_ and its name: delete "
            "the line, and set that."
        ),
        path=r"/gradle\.properties$",
    ),
    Runtime(
        "local-properties",
        Refused("This file is for your machine alone: keep it out of git."),
        path=r"/local\.properties$",
        beside=in_any("build.gradle build.gradle.kts settings.gradle settings.gradle.kts"),
    ),
    Runtime(
        "log4j",
        Refused("Log4j reads a variable as ${env:{name}}: write that here."),
        path=r"/log4j2?[\w-]*\.properties$",
    ),
)
