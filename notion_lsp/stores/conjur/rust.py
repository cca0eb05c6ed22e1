"""Rust: the two calls of Conjur's API by reqwest, on a runtime of tokio, as there is no client."""

from notion_lsp.lookup import Definition, Lookup

# A macro gives each use its own `static`: the value is a `&'static str`, as the literal was.
LOOKUP = Lookup(
    "{conjur_secret}!({arguments})",
    arguments='"{ID}"',
    # `%2F`, as a login such as `host/app` is one part of the path (Conjur API, "Authenticate").
    definition=Definition(
        "conjur_secret",
        """\
macro_rules! {conjur_secret} {
    ($id:literal) => {
        {conjur_secret}!("{}", $id)
    };
    ($format:literal, $($id:literal),+) => {{
        use ::std::{boxed::Box, string::String};
        async fn ask(id: &str) -> ::std::result::Result<String, Box<dyn ::std::error::Error>> {
            let set = |name| ::std::env::var(name).map_err(|_| ::std::format!("{name} is not set"));
            let (url, account) = (set("CONJUR_APPLIANCE_URL")?, set("CONJUR_ACCOUNT")?);
            let login = set("CONJUR_AUTHN_LOGIN")?.replace('/', "%2F");
            let client = reqwest::Client::new();
            let access = client.post(::std::format!("{url}/authn/{account}/{login}/authenticate"));
            let access = access.body(set("CONJUR_AUTHN_API_KEY")?).send().await?;
            let access = access.error_for_status()?.bytes().await?;
            let token = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, access);
            let secret = client.get(::std::format!("{url}/secrets/{account}/variable/{id}"));
            let header = ::std::format!("Token token=\\"{token}\\"");
            let secret = secret.header("Authorization", header);
            Ok(secret.send().await?.error_for_status()?.text().await?)
        }
        fn read(id: &'static str) -> String {
            // No runtime may start inside another: a thread of its own is outside of all.
            let thread = ::std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let answer = runtime.expect("a runtime").block_on(ask(id));
                answer.unwrap_or_else(|error| {
                    let causes = ::std::iter::successors(Some(&*error), |error| error.source());
                    let causes: Vec<_> = causes.map(ToString::to_string).collect();
                    ::std::panic!("{id}: {}", causes.join(": "))
                })
            });
            thread.join().unwrap_or_else(|panic| ::std::panic::resume_unwind(panic))
        }
        static TEXT: ::std::sync::OnceLock<String> = ::std::sync::OnceLock::new();
        TEXT.get_or_init(|| ::std::format!($format, $(read($id)),+)).as_str()
    }};
}""",
        signature=r"(?s)macro_rules! conjur_secret \{.*\(\$format:literal, \$\(\$id:literal\),\+\)",
    ),
    packages=("reqwest", "base64", "tokio"),
)
