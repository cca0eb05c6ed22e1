"""Rust: vaultrs, on a runtime of tokio."""

from notion_lsp.lookup import Definition, Lookup

# The builder takes `VAULT_ADDR` and `VAULT_TOKEN` from the environment by itself (vaultrs 0.8).
LOOKUP = Lookup(
    "{vault_secret}!({arguments})",
    arguments='"{MOUNT}", "{PATH}", "{FIELD}"',
    definition=Definition(
        "vault_secret",
        # The sources of an error, not its `Debug`: that may show what was answered.
        """\
macro_rules! {vault_secret} {
    ($mount:literal, $path:literal, $field:literal) => {
        {vault_secret}!("{}", $mount, $path, $field)
    };
    ($format:literal, $($mount:literal, $path:literal, $field:literal),+) => {{
        use ::std::{boxed::Box, string::String};
        async fn ask(
            mount: &str,
            path: &str,
            field: &str,
        ) -> ::std::result::Result<String, Box<dyn ::std::error::Error>> {
            let settings = vaultrs::client::VaultClientSettingsBuilder::default().build()?;
            let client = vaultrs::client::VaultClient::new(settings)?;
            let values: serde_json::Value = vaultrs::kv2::read(&client, mount, path).await?;
            let secret = values[field].as_str().filter(|secret| !secret.is_empty());
            Ok(secret.ok_or_else(|| ::std::format!("there is no {field}"))?.to_string())
        }
        fn read(mount: &'static str, path: &'static str, field: &'static str) -> String {
            // No runtime may start inside another: a thread of its own is outside of all.
            let thread = ::std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let answer = runtime.expect("a runtime").block_on(ask(mount, path, field));
                answer.unwrap_or_else(|error| {
                    let causes = ::std::iter::successors(Some(&*error), |error| error.source());
                    let causes: Vec<_> = causes.map(ToString::to_string).collect();
                    ::std::panic!("{mount}/{path}: {}", causes.join(": "))
                })
            });
            thread.join().unwrap_or_else(|panic| ::std::panic::resume_unwind(panic))
        }
        static TEXT: ::std::sync::OnceLock<String> = ::std::sync::OnceLock::new();
        TEXT.get_or_init(|| ::std::format!($format, $(read($mount, $path, $field)),+)).as_str()
    }};
}""",
        signature=(
            r"(?s)macro_rules! vault_secret \{.*"
            r"\(\$format:literal, \$\(\$mount:literal, \$path:literal, \$field:literal\),\+\)"
        ),
    ),
    packages=("vaultrs", "serde_json", "tokio"),
)
