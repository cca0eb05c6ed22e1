"""Templates that a program fills in, and what becomes of them."""

from __future__ import annotations

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._tags import COMMENTS
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any
from notion_lsp.syntax.line_patterns import LineGrammar, comment

_PAGE = Refused(
    "A template becomes a page, which everyone can read: let the code that fills it in ask Notion."
)
_RUNTIMES = (
    Runtime(
        "blade",
        Refused(
            "A template of Blade reads no variable: name this one in config/services.php, and ask "
            "Notion in a controller."
        ),
        path=r"\.blade\.php$",
    ),
    Runtime(
        "razor-page",
        Refused("Read the token from IConfiguration, in the model of the page or in a controller."),
        path=r"\.(?:cshtml|vbhtml)$",
    ),
    # learn.microsoft.com, Blazor: a component may run in the browser.
    Runtime(
        "razor",
        Refused(
            "Razor may run this in the browser: read the token from IConfiguration in a service of "
            "the server."
        ),
        path=r"\.razor$",
    ),
    Runtime(
        "server-page",
        Refused("Code of a page is no place for a token: read it in a servlet or a bean."),
        path=r"\.(?:jspx?|jspf|tagx?)$",
    ),
    Runtime(
        "helm-template",
        Refused("Have the template name a Secret that is there: Helm puts no variables into it."),
        path=r"/templates/",
        beside=in_any("Chart.yaml"),
    ),
    Runtime(
        "page",
        _PAGE,
        text=r"(?i)<(?:!doctype|body|div|form|head|html|li|p|script|span|table|td)\b",
    ),
    Runtime(
        "page",
        _PAGE,
        path=r"\.(?:edge|ejs|eta|ftlh|gohtml|haml|handlebars|hbs|jade|latte|liquid|marko|mustache"
        r"|pug|slim)$",
    ),
)

LANGUAGE = Language(
    id="template",
    title="a template",
    recognition=Recognition(
        files=(
            *("*.blade.php", "*.cshtml", "*.razor", "*.vbhtml", "*.jsp", "*.jspx", "*.jspf"),
            *("*.tag", "*.tagx", "*.edge", "*.ejs", "*.eta", "*.ftl", "*.ftlh", "*.gohtml"),
            *("*.gotmpl", "*.haml", "*.handlebars", "*.hbs", "*.j2", "*.jade", "*.jinja"),
            *("*.jinja2", "*.latte", "*.liquid", "*.mako", "*.marko", "*.mustache", "*.njk"),
            *("*.pug", "*.slim", "*.tmpl", "*.tpl", "*.tt", "*.twig", "*.vm"),
        ),
        editor_ids=(
            *("blade", "aspnetcorerazor", "razor", "jsp", "ejs", "freemarker", "gotmpl", "haml"),
            *("handlebars", "helm", "jade", "jinja", "jinja-html", "liquid", "mustache", "njk"),
            *("pug", "slim", "twig", "velocity"),
        ),
    ),
    environment=Refused(
        "A template reads no variable: put a name of its own here, and give that the value where "
        "the template is filled in."
    ),
    grammar=LineGrammar(
        (
            *COMMENTS,
            comment("<%--", "--%>"),
            comment(r"\{#", r"#\}"),
            comment(r"\{\{(?:!--|/\*|--)", r"(?:--|\*/)\}\}"),
        )
    ),
    writing=Writing(comment=""),
    project=ProjectFacts(runtimes=_RUNTIMES),
)
