"""PHP: the two calls of Conjur's API, as there is no client for it.

The key of the API is never an argument of a function: PHP shows arguments in a trace.
"""

from notion_lsp.lookup import Definition, Lookup

# A login such as `host/app` is one part of the path, with `%2F` (Conjur API, "Authenticate").
LOOKUP = Lookup(
    "{conjur_secret}('{ID}')",
    # Without `ignore_errors` a status of 400 or more gives no body, and PHP warns with the status.
    definition=Definition(
        "conjur_secret",
        r"""if (!function_exists(__NAMESPACE__ . '\{conjur_secret}')) {
    function {conjur_secret}(string $id): string
    {
        static $kept = [];
        if (!isset($kept[$id])) {
            $setting = fn (string $name) => \getenv($name)
                ?: throw new \RuntimeException("$name is not set");
            $url = $setting('CONJUR_APPLIANCE_URL');
            $account = rawurlencode($setting('CONJUR_ACCOUNT'));
            $login = rawurlencode($setting('CONJUR_AUTHN_LOGIN'));
            $access = file_get_contents(
                "$url/authn/$account/$login/authenticate",
                false,
                stream_context_create(['http' => [
                    'method' => 'POST',
                    'header' => 'Content-Type: text/plain',
                    'content' => $setting('CONJUR_AUTHN_API_KEY'),
                ]])
            );
            if (!$access) {
                throw new \RuntimeException("Conjur does not let $login in");
            }
            $token = base64_encode($access);
            $secret = file_get_contents(
                "$url/secrets/$account/variable/" . rawurlencode($id),
                false,
                stream_context_create(['http' => [
                    'header' => "Authorization: Token token=\"$token\"",
                ]])
            );
            $kept[$id] = $secret ?: throw new \RuntimeException("Conjur has no $id");
        }
        return $kept[$id];
    }
}""",
        signature=r"function conjur_secret\(string \$\w+\): string",
    ),
)
