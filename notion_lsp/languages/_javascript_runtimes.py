"""Where JavaScript and TypeScript run otherwise than in Node.js, by what tells so.

The first row that fits counts: what stands in the file is asked before what stands beside it.
"""

from __future__ import annotations

from dataclasses import replace

from notion_lsp.languages._browser_runtimes import BROWSER
from notion_lsp.languages._javascript_reads import (
    NODE,
    imported_in_module,
    imports,
    throwing,
)
from notion_lsp.languages._plugin_runtimes import SHIPPED, listed
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, Remains, built_in
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, all_of, in_any

# docs.deno.com, Deno.env: `undefined` where a variable is not set.
_DENO = replace(
    throwing("{Deno}.env.get(name)", built_in("Deno", "globalThis.Deno")),
    lenient='{Deno}.env.get("{name}") ?? ""',
)
_DENO_FILE = Loader(r"\bdotenv/load\b", "deno run --env-file")
# grafana.com, k6, environment variables.
_K6 = replace(
    throwing("{__ENV}[name]", built_in("__ENV", "globalThis.__ENV"), seen=r"\b__ENV\b"),
    lenient='{__ENV}["{name}"] ?? ""',
)
# developers.google.com, Apps Script, class Properties: `null` where there is no such key.
SCRIPT_PROPERTY = replace(
    throwing(
        "{PropertiesService}.getScriptProperties().getProperty(name)",
        built_in("PropertiesService", "globalThis.PropertiesService"),
        called="requireProperty",
        seen=r"\bgetProperty\b",
    ),
    action="Read it from the script property {name}",
    remains=(
        Remains("Add {} to the script properties, in the settings of the project.", "{name}"),
    ),
)
# docs.scriptable.app, Keychain: `get` throws where there is no such key.
_SCRIPTABLE = Lookup(
    '{Keychain}.get("{name}")',
    (built_in("Keychain", "globalThis.Keychain"),),
    action="Read it from Scriptable's keychain as {name}",
    remains=(Remains("Store {} with Keychain.set once, in Scriptable's console.", "{name}"),),
)
# developers.cloudflare.com, Workers, bindings: `env` may be imported, for code outside of `fetch`.
_WORKER = replace(
    throwing(
        "{env}[name]", imported_in_module("cloudflare:workers", "env", "workerEnv"), seen=r"env\b"
    ),
    remains=(Remains("Store {} with wrangler secret put, and in .dev.vars to try it.", "{name}"),),
)
# svelte.dev, $env/dynamic/private: what the platform has when the server runs.
_SVELTEKIT = throwing(
    "{env}[name]", imported_in_module("$env/dynamic/private", "env", "privateEnv"), seen=r"env\b"
)
# What a helper needs in TypeScript beside the usual types: a Worker's `env` has no index.
TYPES_OF_READS = {
    "worker": {"{env}[name]": "({env} as unknown as Record<string, string | undefined>)[name]"}
}

_PACKAGE = in_any("package.json")
_WRANGLER = "wrangler.toml wrangler.json wrangler.jsonc"
# gjs.guide: it has no `process`; GLib gives `null` where a variable is not set.
_GJS = throwing(
    "{imports}.gi.GLib.getenv(name)", built_in("imports", "globalThis.imports"), seen=r"\bgetenv\b"
)
_CLOUDFRONT = Refused(
    "A function of CloudFront has no variables: read the token in a Lambda, or in the origin."
)
_FASTLY = Refused(
    "Fastly Compute has no variables of yours: keep the token in a secret store, and read it with "
    "SecretStore."
)
# Cloudflare fills in `process.env` with the flag for Node.js since this compatibility date.
_FILLED_IN = (
    r"\A(?=(?s:.*)nodejs_compat)(?:(?=(?s:.*)populate_process_env)|(?!(?s:.*)compatibility_date)"
    r"|(?=(?s:.*)compatibility_date\W+(?:2025-(?:0[4-9]|1[0-2])|202[6-9]|20[3-9]\d)))"
)
_SVELTEKIT_PROJECT = (
    *in_any("svelte.config.js svelte.config.ts", "kit|@sveltejs"),
    *listed("@sveltejs/kit"),
)

RUNTIMES = (
    Runtime(
        "userscript",
        Refused(
            "A userscript runs in the browser, which has no environment: keep the token in the "
            "storage of its manager, with GM_setValue."
        ),
        text=r"^// ==UserScript==",
    ),
    Runtime(
        "scriptable",
        _SCRIPTABLE,
        title="Scriptable",
        text=r"^// Variables used by Scriptable|\bnew ListWidget\(|\bKeychain\.(?:get|contains)\(",
        unless=NODE,
    ),
    Runtime(
        "gjs",
        _GJS,
        title="GJS",
        text=r"\bimports\.gi\b|[\"']gi://|^#!.*\bgjs\b",
    ),
    Runtime(
        "script-host",
        Refused(
            "Windows Script Host has no process: read the token with WScript.Shell's Environment."
        ),
        text=r"\bWScript\.\w|\bnew ActiveXObject\(",
    ),
    Runtime(
        "osascript",
        Refused("osascript has no process: read the token with ObjC's NSProcessInfo."),
        text=r"^#!.*\bosascript\b|\bObjC\.import\(",
    ),
    # mongodb.com, App Services: functions have values, and no variables of the system.
    Runtime(
        "app-services",
        Refused(
            "A function of App Services has no variables: keep the token as a secret, and read it "
            "with context.values.get."
        ),
        text=r"\bcontext\.(?:values|services)\.get\(",
        unless=NODE,
    ),
    # docs.aws.amazon.com, CloudFront, restrictions on edge functions.
    Runtime(
        "lambda-at-edge",
        Refused(
            "Lambda@Edge has no variables of yours: ask AWS Secrets Manager when the function "
            "starts."
        ),
        text=r"\bRecords\s?(?:\?\.)?\[0\]\??\.cf\b|\bCloudFrontRequest(?:Event|Handler)\b",
    ),
    Runtime("cloudfront", _CLOUDFRONT, text=imports("cloudfront")),
    Runtime(
        "cloudfront",
        _CLOUDFRONT,
        text=all_of(r"^(?:async )?function handler\(event\)", r"\bevent\.(?:request|response)\b"),
        unless=NODE + r"|\bexports\b|^export\b",
    ),
    Runtime(
        "fastly",
        _FASTLY,
        text=imports("fastly:[^\"']*") + r"|@fastly/js-compute\b",
    ),
    Runtime(
        "fastly",
        _FASTLY,
        unless=NODE,
        path=SHIPPED,
        beside=in_any("fastly.toml"),
    ),
    # docs.partykit.io, managing environment variables.
    Runtime(
        "partykit",
        Refused("PartyKit keeps variables of its own: read the token from the env of the room."),
        text=imports("partykit/server"),
    ),
    Runtime("k6", _K6, title="k6", text=imports("k6(?:/[^\"']*)?")),
    Runtime(
        "apps-script",
        SCRIPT_PROPERTY,
        title="Apps Script",
        text=r"\b(?:UrlFetchApp|PropertiesService|SpreadsheetApp|DocumentApp|ScriptApp)\.",
        unless=NODE,
    ),
    Runtime(
        "apps-script",
        SCRIPT_PROPERTY,
        title="Apps Script",
        unless=NODE,
        beside=in_any("appsscript.json .clasp.json"),
    ),
    Runtime(
        "deno",
        _DENO,
        title="Deno",
        text=r"(?<!typeof )\bDeno\.(?!test\b)\w|^#!.*\bdeno\b"
        r"|\b(?:from|import)\s*(?:\(\s*)?[\"'](?:jsr:|npm:|https://(?:deno\.land|jsr\.io|esm\.town)/)",
        unless=r"\btypeof Deno\b|\bprocess\.env\b",
        dotenv=_DENO_FILE,
    ),
    *BROWSER,
    Runtime(
        "sveltekit",
        _SVELTEKIT,
        title="SvelteKit",
        unless=NODE,
        path=r"/(?:[^/]*\.server\.[jt]s|\+server\.[jt]s|(?:src|lib)/(?:lib/)?server/.*)$",
        beside=_SVELTEKIT_PROJECT,
        dotenv=Loader(r"\A", "vite"),
    ),
    Runtime(
        "sveltekit-page",
        Refused("SvelteKit may ship this to the browser: read the token in a file of the server."),
        unless=NODE,
        path=r"/src/",
        beside=_SVELTEKIT_PROJECT,
    ),
    Runtime(
        "deno",
        _DENO,
        title="Deno",
        unless=NODE,
        beside=in_any("deno.json deno.jsonc"),
        instead=_PACKAGE,
        dotenv=_DENO_FILE,
    ),
    Runtime(
        "deno",
        _DENO,
        title="Deno",
        unless=NODE,
        path=r"/(?:supabase/functions|netlify/edge-functions)/",
    ),
    # developers.cloudflare.com, Pages, functions: a file for each route.
    Runtime(
        "worker",
        _WORKER,
        title="a Worker of Cloudflare",
        text=r"^export\s+(?:async\s+)?(?:function|const)\s+onRequest(?:[A-Z]\w+)?\b",
        unless=NODE,
        path="/functions/",
        instead=in_any(_WRANGLER, _FILLED_IN),
    ),
    Runtime(
        "worker-as-script",
        Refused(
            "This Worker is no module, and has its variables as names of their own: "
            "make it a module, with `export default`."
        ),
        text=r"^addEventListener\(\s*[\"'](?:fetch|scheduled)[\"']",
        unless=NODE,
        beside=in_any(_WRANGLER),
    ),
    Runtime(
        "worker",
        _WORKER,
        title="a Worker of Cloudflare",
        text=imports("cloudflare:workers") + r"|\bfetch\s*\(\s*\w[^,()]*,\s*env\b"
        r"|\bExportedHandler\b",
        unless=NODE,
        instead=in_any(_WRANGLER, _FILLED_IN),
    ),
    Runtime(
        "worker",
        _WORKER,
        title="a Worker of Cloudflare",
        unless=NODE,
        beside=in_any(_WRANGLER),
        instead=in_any(_WRANGLER, _FILLED_IN),
    ),
)
