"""Where JavaScript runs at whoever uses it: in a browser, on a device, or in another program."""

from __future__ import annotations

from notion_lsp.languages._javascript_reads import NODE, imports
from notion_lsp.refused import Refused
from notion_lsp.runtime import Beside, Runtime, in_any

# No two ways to read one text: the search stays linear.
_BEGINNING = r"\A(?:\s|//[^\r\n]*|/\*(?:[^*]|\*(?!/))*\*/)*"
# A test, or a program that drives a browser, names what a browser has and does not run in one.
_DRIVES = r"|\b(?:describe|it|test)\(|[\"'](?:puppeteer|playwright|@playwright|jsdom|selenium)"
# Next.js takes these functions, and what only they use, out of what it ships.
_DATA = r"\bget(?:ServerSideProps|StaticProps|StaticPaths)\b"
_NUXT = "nuxt.config.ts nuxt.config.js nuxt.config.mjs"
_ASTRO = "astro.config.mjs astro.config.ts astro.config.js"
_OBSIDIAN = Refused(
    "A plugin of Obsidian has no environment: keep the token in its settings, with saveData."
)
_EXTENSION = Refused(
    "A browser extension ships to whoever installs it: read the token on a server."
)
_ANGULAR = Refused("An Angular application ships to the browser: read the token on a server.")


def _listed(packages: str) -> tuple[Beside, ...]:
    return in_any("package.json", rf'"(?:{packages})"\s*:')


BROWSER = (
    Runtime(
        "react-native",
        Refused(
            "React Native ships to the device of whoever installs it: read the token on a server."
        ),
        text=imports("(?:react-native|expo)(?:[-/][^\"']*)?"),
    ),
    # react.dev, 'use client': a directive at the beginning of a file.
    Runtime(
        "client-component",
        Refused("A client component ships to the browser: read the token on the server."),
        text=_BEGINNING + r"[\"']use client[\"']",
    ),
    Runtime(
        "raycast",
        Refused(
            "An extension of Raycast has no environment: add a preference of the type password, "
            "and read it with getPreferenceValues."
        ),
        text=imports("@raycast/api"),
    ),
    Runtime(
        "obsidian",
        _OBSIDIAN,
        text=imports("obsidian"),
    ),
    Runtime(
        "obsidian",
        _OBSIDIAN,
        unless=NODE,
        beside=in_any("manifest.json", r'"minAppVersion"\s*:'),
    ),
    Runtime(
        "vscode-extension",
        Refused(
            "An extension of VS Code runs at whoever installs it: keep the token in the secrets "
            "of its context, where its user enters one."
        ),
        text=imports("vscode"),
    ),
    Runtime(
        "figma",
        Refused(
            "A plugin of Figma has no environment: keep the token in figma.clientStorage, or ask "
            "a server of yours."
        ),
        text=r"\bfigma\.(?:showUI|ui|currentPage|clientStorage|closePlugin|create\w+)\b",
        unless=NODE,
    ),
    Runtime(
        "browser-extension",
        _EXTENSION,
        text=r"\b(?:chrome|browser)\.(?:runtime|storage|tabs|action|contextMenus|scripting|alarms)\.",
        unless=NODE + _DRIVES,
    ),
    Runtime(
        "browser-extension",
        _EXTENSION,
        unless=NODE,
        beside=(
            Beside("manifest.json", r"\"manifest_version\"\s*:"),
            Beside("wxt.config.ts"),
            *_listed("plasmo"),
        ),
    ),
    Runtime(
        "angular",
        _ANGULAR,
        text=imports("@angular/(?:core|common|platform-browser)(?:/[^\"']*)?"),
        unless=NODE,
    ),
    Runtime(
        "angular",
        _ANGULAR,
        unless=NODE,
        path="/src/",
        beside=in_any("angular.json"),
    ),
    Runtime(
        "electron-renderer",
        Refused(
            "A window of Electron has no environment: read the token in the main process, and "
            "answer the window from there."
        ),
        unless=NODE,
        path="/renderer/",
        beside=_listed("electron"),
    ),
    # nextjs.org, pages: a file is a component that is shipped, but for the routes in `pages/api`.
    Runtime(
        "next-page",
        Refused(
            "Next.js ships a page to the browser: read the token in getServerSideProps or in a "
            "route of pages/api."
        ),
        unless=NODE + "|" + _DATA,
        path=r"/pages/(?!api/).*\.[jt]sx?$",
        beside=_listed("next"),
    ),
    Runtime(
        "nuxt-page",
        Refused("Nuxt ships this to the browser: read the token in the folder server."),
        unless=NODE,
        path=r"^(?!.*/server/)(?!.*\.server\.).*/"
        r"(?:app|components|composables|layouts|middleware|pages|plugins|stores|utils)/",
        beside=in_any(_NUXT),
    ),
    # Remix, React Router, SvelteKit and Nuxt keep such a file from the server.
    Runtime(
        "client-file",
        Refused("A file called .client is for the browser alone: read the token on the server."),
        path=r"\.client\.[jt]sx?$",
    ),
    Runtime(
        "fresh-island",
        Refused("An island of Fresh ships to the browser: read the token in a route."),
        path=r"/islands/",
        beside=in_any("deno.json deno.jsonc"),
    ),
    Runtime(
        "astro-component",
        Refused(
            "Astro ships a component to the browser where a page says so: read the token between "
            "the fences of the page."
        ),
        unless=NODE,
        path=r"/src/components/.*\.[jt]sx$",
        beside=in_any(_ASTRO),
    ),
    Runtime(
        "browser-application",
        Refused("This application ships to the browser: read the token on a server."),
        unless=NODE + _DRIVES,
        path=r"^(?!.*/server/).*/src/",
        beside=(
            *_listed(r"react-scripts|@vue/cli-service|parcel|@craco/craco"),
            Beside("index.html", r"<script[^>]*\bsrc=[\"']?\.?/?src/"),
        ),
    ),
    Runtime(
        "browser",
        Refused("This code runs in a browser: have a server of yours ask Notion."),
        text=r"\bdocument\.(?:getElementBy|querySelector|createElement|addEventListener|body\b)"
        r"|\bwindow\.(?:location|addEventListener|localStorage)\b|\blocalStorage\.\w",
        unless=NODE + _DRIVES + r"|\bDeno\.|\bmodule\.exports\b|\brequire\(",
    ),
)
