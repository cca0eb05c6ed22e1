"""Where another program loads JavaScript, and has settings of its own in which a token can live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages._javascript_reads import DRIVES, NODE, imports
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any

if TYPE_CHECKING:
    from notion_lsp.runtime import Beside


# What builds or tests code runs in Node.js.
SHIPPED = (
    r"^(?!.*/(?:scripts?|tools?|tests?|__tests__|e2e|\.storybook)/)"
    r"(?!.*\.(?:config|conf|setup|test|spec|server)\.[cm]?[jt]sx?$)"
    r"(?!.*/(?:gulpfile|[Gg]runtfile|webpack[\w.]*|esbuild[\w.]*|build)\.[cm]?[jt]s$)"
)
_OBSIDIAN = Refused(
    "A plugin of Obsidian has no environment: keep the token in its settings, with saveData."
)
_RAYCAST = Refused(
    "An extension of Raycast has no environment: add a preference of the type password, "
    "and read it with getPreferenceValues."
)
_VSCODE = Refused(
    "An extension of VS Code runs at whoever installs it: keep the token in the secrets of its "
    "context, where its user enters one."
)
_FIGMA = Refused(
    "A plugin of Figma has no environment: keep the token in figma.clientStorage, or ask a server "
    "of yours."
)
_EXTENSION = Refused(
    "A browser extension ships to whoever installs it: read the token on a server."
)
_OFFICE = Refused(
    "An add-in of Office runs in the browser of whoever uses it: read the token on a server."
)


def listed(packages: str) -> tuple[Beside, ...]:
    """Return the manifest of a package that lists one of these, a pattern."""
    return in_any("package.json", rf'"(?:{packages})"\s*:')


PLUGINS = (
    Runtime("raycast", _RAYCAST, text=imports("@raycast/api")),
    Runtime("raycast", _RAYCAST, path=SHIPPED, beside=listed("@raycast/api")),
    Runtime("obsidian", _OBSIDIAN, text=imports("obsidian")),
    # What Templater, QuickAdd and Dataview run.
    Runtime(
        "obsidian",
        _OBSIDIAN,
        text=r"\bapp\.(?:vault|workspace|metadataCache|fileManager)\.|\bquickAddApi\b"
        r"|\bdv\.(?:pages?|current|table|list)\(",
    ),
    Runtime(
        "obsidian",
        _OBSIDIAN,
        unless=NODE,
        path=SHIPPED,
        beside=in_any("manifest.json", r'"minAppVersion"\s*:'),
    ),
    Runtime(
        "logseq",
        Refused(
            "A plugin of Logseq has no environment: keep the token in its settings, which "
            "logseq.useSettingsSchema declares."
        ),
        text=imports("@logseq/libs") + r"|\blogseq\.(?:useSettingsSchema|ready|Editor|App)\b",
    ),
    Runtime(
        "joplin",
        Refused(
            "A plugin of Joplin has no environment: register a setting that is `secure`, and read "
            "it with joplin.settings.values."
        ),
        text=r"\bjoplin\.(?:plugins|commands|settings|workspace|data)\.",
    ),
    Runtime("vscode-extension", _VSCODE, text=imports("vscode")),
    Runtime(
        "vscode-extension",
        _VSCODE,
        path=SHIPPED + r"(?!.*/server/).*/(?:src|lib|out|dist)/",
        beside=listed("vscode"),  # Among the engines that it runs in.
    ),
    Runtime(
        "figma",
        _FIGMA,
        text=r"\bfigma\.(?:showUI|ui|currentPage|clientStorage|closePlugin|create\w+)\b",
        unless=NODE,
    ),
    Runtime(
        "figma",
        _FIGMA,
        unless=NODE,
        path=SHIPPED,
        beside=(
            *in_any("manifest.json", r'"editorType"\s*:'),
            *listed("@figma/plugin-typings|@create-figma-plugin/build"),
        ),
    ),
    Runtime(
        "adobe",
        Refused(
            "A plugin of Adobe has no environment: keep the token in the secureStorage of uxp."
        ),
        text=imports("(?:uxp|photoshop|indesign|premierepro|illustrator)"),
    ),
    Runtime(
        "extendscript",
        Refused("ExtendScript has no process: read the token with $.getenv."),
        text=r"^[#@](?:target|include)\b|^//@(?:target|include)\b|\bapp\.activeDocument\b",
        unless=NODE,
    ),
    # developers.weixin.qq.com; the functions of its cloud run in Node.js.
    Runtime(
        "mini-program",
        Refused(
            "A mini program ships to whoever opens it: read the token in a function of its cloud, "
            "or on a server."
        ),
        text=r"\b(?:wx|uni|swan|tt|my)\.(?:request|uploadFile|showToast|navigateTo|(?:get|set)Storage"
        r"(?:Sync)?)\(|\bwx\.cloud\.",
        unless=NODE,
    ),
    # support.airtable.com, scripting: `input`, `output` and `base` are all that there is.
    Runtime(
        "airtable",
        Refused(
            "A script of Airtable has no environment: add a secret to its automation, and read it "
            "with input.secret."
        ),
        text=r"\binput\.(?:config|secret|tableAsync|recordAsync)\(|\bbase\.getTable\(",
        unless=NODE,
    ),
    # help.zapier.com, "Use JavaScript code in Zaps".
    Runtime(
        "zapier",
        Refused(
            "A step of Zapier has no environment: keep the token in Storage by Zapier, and hand it "
            "to the step as input data."
        ),
        text=r"\binputData\.\w",
        # Code that has the name from anywhere else is not such a step.
        unless=NODE + r"|\b(?:const|let|var)\s+inputData\b|[(,{.]\s*inputData\b",
    ),
    Runtime(
        "office-script",
        Refused("An Office Script has no environment: have a flow or a server of yours ask."),
        text=r":\s*ExcelScript\.Workbook\b",
    ),
    Runtime(
        "office",
        _OFFICE,
        text=r"\bOffice\.(?:onReady|initialize|context|actions)\b|\b(?:Excel|Word|PowerPoint)\.run\("
        r"|@customfunction\b",
        unless=NODE,
    ),
    Runtime(
        "office",
        _OFFICE,
        unless=NODE,
        path=SHIPPED,
        beside=in_any("manifest.xml", r"schemas\.microsoft\.com/office/appforoffice"),
    ),
    Runtime(
        "browser-extension",
        _EXTENSION,
        text=r"\b(?:chrome|browser)\.(?:runtime|storage|tabs|action|contextMenus|scripting|alarms"
        r"|webRequest|identity|sidePanel|notifications)\.",
        unless=NODE + DRIVES,
    ),
    Runtime(
        "browser-extension",
        _EXTENSION,
        unless=NODE,
        path=SHIPPED,
        beside=(
            *in_any(
                # Of any other folder, what stands beside it is another part of the project.
                "manifest.json app/manifest.json public/manifest.json src/manifest.json "
                "static/manifest.json src/manifest.*.json manifest.*.json manifest.config.* "
                "src/manifest.[jt]s manifest.[jt]s",
                r"\bmanifest_version\b",
            ),
            *in_any("wxt.config.*"),
            *listed(
                r"plasmo|wxt|@crxjs/vite-plugin|webextension-polyfill|@types/webextension-polyfill"
                r"|@types/chrome|@types/firefox-webext-browser"
            ),
        ),
    ),
)
