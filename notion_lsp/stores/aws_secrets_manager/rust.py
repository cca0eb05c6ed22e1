"""Rust: AWS's own kit, on a runtime of tokio."""

from dataclasses import replace

from notion_lsp.lookup import Definition, Lookup

_CALL = """\
            let settings = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
            let client = aws_sdk_secretsmanager::Client::new(&settings);
            let answer = client.get_secret_value().secret_id(id).send().await?;"""

# The sources of an error, not its `Debug`: that may show what was answered.
_READ = """\
            // No runtime may start inside another: a thread of its own is outside of all.
            let thread = ::std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let answer = runtime.expect("a runtime").block_on(ask(%));
                answer.unwrap_or_else(|error| {
                    let causes = ::std::iter::successors(Some(&*error), |error| error.source());
                    let causes: Vec<_> = causes.map(ToString::to_string).collect();
                    ::std::panic!("{id}: {}", causes.join(": "))
                })
            });
            thread.join().unwrap_or_else(|panic| ::std::panic::resume_unwind(panic))"""

# A macro gives each use its own `static`: the value is a `&'static str`, as the literal was.
LOOKUP = Lookup(
    "{aws_secret}!({arguments})",
    arguments='"{SECRET_ID}"',
    definition=Definition(
        "aws_secret",
        f"""\
macro_rules! {{aws_secret}} {{
    ($id:literal) => {{
        {{aws_secret}}!("{{}}", $id)
    }};
    ($format:literal, $($id:literal),+) => {{{{
        use ::std::{{boxed::Box, string::String}};
        async fn ask(id: &str) -> ::std::result::Result<String, Box<dyn ::std::error::Error>> {{
{_CALL}
            Ok(answer.secret_string().ok_or("there is no SecretString")?.to_string())
        }}
        fn read(id: &'static str) -> String {{
{_READ.replace("%", "id")}
        }}
        static TEXT: ::std::sync::OnceLock<String> = ::std::sync::OnceLock::new();
        TEXT.get_or_init(|| ::std::format!($format, $(read($id)),+)).as_str()
    }}}};
}}""",
        signature=r"(?s)macro_rules! aws_secret \{.*\(\$format:literal, \$\(\$id:literal\),\+\)",
    ),
    packages=("aws-config", "aws-sdk-secretsmanager", "tokio"),
)

# An index of `serde_json::Value` gives null where there is no such key, and does not panic.
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression="{aws_secret}!({arguments})",
    arguments='"{SECRET_ID}", "{KEY}"',
    definition=Definition(
        "aws_secret",
        f"""\
macro_rules! {{aws_secret}} {{
    ($id:literal, $key:literal) => {{
        {{aws_secret}}!("{{}}", $id, $key)
    }};
    ($format:literal, $($id:literal, $key:literal),+) => {{{{
        use ::std::{{boxed::Box, string::String}};
        async fn ask(
            id: &str,
            key: &str,
        ) -> ::std::result::Result<String, Box<dyn ::std::error::Error>> {{
{_CALL}
            let text = answer.secret_string().ok_or("there is no SecretString")?;
            let values = serde_json::from_str::<serde_json::Value>(text)?;
            let secret = values[key].as_str().filter(|secret| !secret.is_empty());
            Ok(secret.ok_or_else(|| ::std::format!("there is no {{key}}"))?.to_string())
        }}
        fn read(id: &'static str, key: &'static str) -> String {{
{_READ.replace("%", "id, key")}
        }}
        static TEXT: ::std::sync::OnceLock<String> = ::std::sync::OnceLock::new();
        TEXT.get_or_init(|| ::std::format!($format, $(read($id, $key)),+)).as_str()
    }}}};
}}""",
        signature=(
            r"(?s)macro_rules! aws_secret \{"
            r".*\(\$format:literal, \$\(\$id:literal, \$key:literal\),\+\)"
        ),
    ),
    packages=(*LOOKUP.packages, "serde_json"),
)
