"""Python: CyberArk's client."""

from notion_lsp.languages._python_reads import FUNCTOOLS, OS, THREADS
from notion_lsp.lookup import Definition, Lookup, Requirement

LOOKUP = Lookup(
    '{conjur_secret}("{ID}")',
    (
        FUNCTOOLS,
        OS,
        THREADS,
        # Not the older `conjur` 7.1 of 2021, which cannot be imported on Python 3.11.
        Requirement("conjur_api", "import conjur_api", "conjur_api", standard=False),
    ),
    # Each call gives a coroutine unless `async_mode` is false; if it is, a call from inside an
    # event loop raises (conjur-api 0.2).
    Definition(
        "conjur_secret",
        """\
@{functools}.cache
def {conjur_secret}(variable_id: str) -> str:
    url = {os}.environ["CONJUR_APPLIANCE_URL"]
    certificate = {os}.environ.get("CONJUR_CERT_FILE")
    verification = {conjur_api}.models.SslVerificationMode
    credentials = {conjur_api}.providers.SimpleCredentialsProvider()
    credentials.save(
        {conjur_api}.models.CredentialsData(
            machine=url,
            username={os}.environ["CONJUR_AUTHN_LOGIN"],
            api_key={os}.environ["CONJUR_AUTHN_API_KEY"],
        )
    )
    client = {conjur_api}.Client(
        {conjur_api}.models.ConjurConnectionInfo(
            conjur_url=url, account={os}.environ["CONJUR_ACCOUNT"], cert_file=certificate
        ),
        verification.CA_BUNDLE if certificate else verification.TRUST_STORE,
        {conjur_api}.providers.AuthnAuthenticationStrategy(credentials),
        async_mode=False,
    )
    # The client may not be called where an event loop runs: a thread of its own has none.
    with {ThreadPoolExecutor}(1) as thread:
        secret: bytes = thread.submit(client.get, variable_id).result()
    return secret.decode()""",
        signature=r"def conjur_secret\(\w+: str\) -> str:",
    ),
    packages=("conjur-api",),
)
