"""Where JavaScript runs at whoever uses it: in a browser, on a device, or in another program."""

from __future__ import annotations

from notion_lsp.languages._javascript_reads import DRIVES, NODE, imports
from notion_lsp.languages._plugin_runtimes import PLUGINS, SHIPPED, listed
from notion_lsp.refused import Refused
from notion_lsp.runtime import Beside, Runtime, in_any

# No two ways to read one text: the search stays linear.
_BEGINNING = r"\A(?:\s|//[^\r\n]*[\r\n]|/\*(?:[^*]|\*(?!/))*\*/)*"
# Next.js takes these functions, and what only they use, out of what it ships.
_DATA = r"\bget(?:ServerSideProps|StaticProps|StaticPaths)\b"
# So do Remix and React Router, SolidStart, Qwik, TanStack Start and Gatsby.
_ROUTE = r"^export\s+(?:async\s+)?(?:function|const|let)\s+(?:loader|action|headers)\b"
_SENT_TO_SERVER = r"[\"']use server[\"']"
_QWIK = r"\b(?:routeLoader|routeAction|globalAction|server)\$|\bon(?:Get|Post|Put|Patch|Request)\b"
_NUXT = (*in_any("nuxt.config.ts nuxt.config.js nuxt.config.mjs"), *listed("nuxt3?"))
_ASTRO = (*in_any("astro.config.mjs astro.config.ts astro.config.js"), *listed("astro"))
_NATIVE = Refused(
    "React Native ships to the device of whoever installs it: read the token on a server."
)
_HYBRID = Refused("This application ships to the device of whoever installs it: use a server.")
_ANGULAR = Refused("An Angular application ships to the browser: read the token on a server.")


BROWSER = (
    Runtime(
        "react-native",
        _NATIVE,
        text=imports("(?:react-native|expo)(?:[-/][^\"']*)?"),
    ),
    # docs.expo.dev, API routes: they run on a server.
    Runtime(
        "react-native",
        _NATIVE,
        unless=NODE,
        path=SHIPPED + r"(?!.*\+api\.[jt]s$)",
        beside=listed("react-native|expo"),
    ),
    # docs.expo.dev, app.config: what the file gives is in the manifest of the application.
    Runtime(
        "expo-configuration",
        Refused("Expo ships its configuration with the application: read the token on a server."),
        path=r"/app\.config\.[cm]?[jt]s$",
        beside=listed("expo"),
    ),
    # react.dev, 'use client': a directive at the beginning of a file.
    Runtime(
        "client-component",
        Refused("A client component ships to the browser: read the token on the server."),
        text=_BEGINNING + r"[\"']use client[\"']",
    ),
    *PLUGINS,
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
        path=SHIPPED + ".*/src/",
        beside=(*in_any("angular.json"), *listed("@angular/core")),
    ),
    Runtime(
        "electron-renderer",
        Refused(
            "A window of Electron has no environment: read the token in the main process, and "
            "answer the window from there."
        ),
        unless=NODE,
        path=r"/renderer/|/renderer\.[jt]sx?$",
        beside=listed("electron"),
    ),
    Runtime(
        "tauri",
        Refused("A window of Tauri has no environment: read the token in a command of its core."),
        unless=NODE,
        path=SHIPPED,
        beside=(
            *in_any("src-tauri/tauri.conf.* src-tauri/Tauri.toml"),
            *listed("@tauri-apps/api|@neutralinojs/lib"),
        ),
    ),
    Runtime(
        "hybrid-application",
        _HYBRID,
        unless=NODE,
        path=SHIPPED + r"(?!.*/(?:server|api|functions)/)",
        beside=(
            *in_any("capacitor.config.* ionic.config.json"),
            *in_any("config.xml", "cordova|phonegap"),
            *listed(
                r"@capacitor/core|@ionic/(?:core|react|vue|angular)|cordova(?:-android|-ios)?"
                r"|@nativescript/core"
            ),
        ),
    ),
    # nextjs.org, pages: a file is a component that is shipped, but for the routes in `pages/api`.
    Runtime(
        "next-page",
        Refused(
            "Next.js ships a page to the browser: read the token in getServerSideProps or in a "
            "route of pages/api."
        ),
        unless=NODE + "|" + _DATA,
        path=r"^(?=.*\.[jt]sx?$).*/pages/(?!api/)",
        beside=listed("next"),
    ),
    Runtime(
        "nuxt-page",
        Refused("Nuxt ships this to the browser: read the token in the folder server."),
        unless=NODE,
        path=r"^(?!.*/server/)(?!.*\.server\.).*/"
        r"(?:(?:app|components|composables|layouts|middleware|pages|plugins|stores|utils)/"
        r"|app\.config\.[jt]s$)",
        beside=_NUXT,
    ),
    Runtime(
        "route-component",
        Refused(
            "A component ships to the browser: read the token in the loader of a route, or in a "
            "file called .server."
        ),
        unless=NODE + "|" + _ROUTE,
        path=SHIPPED + r"(?!.*/(?:server|api)/)(?!.*/entry\.server\.)(?=.*\.[jt]sx?$).*/app/",
        beside=listed(r"@remix-run/(?:react|dev|node|cloudflare)|@react-router/(?:dev|node)"),
    ),
    Runtime(
        "solid-start",
        Refused(
            'SolidStart ships a component to the browser: read the token in a function with "use '
            'server".'
        ),
        unless=NODE + "|" + _SENT_TO_SERVER + r"|^export\s+(?:async\s+)?function\s+[A-Z]+\(",
        path=SHIPPED + r"(?!.*/(?:server|api|middleware)/).*/src/",
        beside=listed("@solidjs/start|solid-start"),
    ),
    Runtime(
        "qwik",
        Refused("Qwik ships this to the browser: read the token in a routeLoader$ or a server$."),
        unless=NODE + "|" + _QWIK,
        path=SHIPPED + r"(?!.*/(?:server|api)/).*/src/",
        beside=listed("@(?:builder.io|qwik.dev)/(?:qwik|core|qwik-city|router)"),
    ),
    Runtime(
        "tanstack-start",
        Refused(
            "TanStack Start ships this to the browser: read the token in a function of "
            "createServerFn."
        ),
        unless=NODE + r"|\bcreateServer\w+\b|\bcreateAPIFileRoute\b|\bserver\s*:\s*\{",
        path=SHIPPED + r"(?!.*/(?:server|api)/).*/(?:src|app)/",
        beside=listed("@tanstack/(?:react-|solid-)?start"),
    ),
    Runtime(
        "gatsby",
        Refused(
            "Gatsby ships this to the browser: read the token in gatsby-node.js, in getServerData "
            "or in a function of src/api."
        ),
        unless=NODE + r"|\bgetServerData\b",
        path=SHIPPED + r"(?!.*/src/api/).*/src/",
        beside=listed("gatsby"),
    ),
    Runtime(
        "vue-store",
        Refused("A store of Vue is in the browser: have a server of yours ask Notion."),
        text=imports("(?:pinia|vuex|vue-router)"),
        unless=NODE + DRIVES,
    ),
    Runtime(
        "meteor",
        Refused("Meteor ships this to the browser: read the token in the folder server."),
        unless=NODE,
        path=r"/(?:client|imports/ui)/",
        beside=in_any(".meteor/release"),
    ),
    Runtime(
        "cypress",
        Refused("A test of Cypress runs in the browser: read the token with cy.env."),
        text=r"\bcy\.(?:visit|request|get|intercept|task|contains|session)\(|\bCypress\.\w",
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
        path=r"^(?=.*\.[jt]sx$).*/src/components/",
        beside=_ASTRO,
    ),
    Runtime(
        "browser-application",
        Refused("This application ships to the browser: read the token on a server."),
        unless=NODE + DRIVES,
        path=SHIPPED + r"(?!.*/server/).*/(?:src|app)/",
        beside=(
            *listed(r"react-scripts|@vue/cli-service|parcel|@craco/craco|ember-source"),
            Beside("index.html", r"<script(?:(?!<script)[^>])*\bsrc=[\"']?\.?/?src/"),
        ),
    ),
    Runtime(
        "storybook",
        Refused("Storybook runs this in a browser: have a server of yours ask Notion."),
        unless=NODE,
        path=r"/\.storybook/(?:manager|preview)\.[jt]sx?$|\.stories\.[jt]sx?$",
    ),
    Runtime(
        "browser",
        Refused("This code runs in a browser: have a server of yours ask Notion."),
        text=r"\bdocument\.(?:getElementBy|querySelector|createElement|addEventListener|body\b)"
        r"|\bwindow\.(?:location|addEventListener|localStorage)\b|\blocalStorage\.\w"
        r"|\bnew XMLHttpRequest\b|\$\(document\)|\bjQuery\b|\$\.ajax\(|\bimportScripts\("
        r"|\bself\.addEventListener\(|" + imports("(?:react-dom/client|jquery)"),
        unless=NODE + DRIVES + r"|\bDeno\.|\bmodule\.exports\b|\brequire\(",
    ),
)
