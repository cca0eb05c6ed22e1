"""PHP: one call of Vault's API, as HashiCorp has no client for it.

Without `ignore_errors` a status of 400 or more gives no body, and PHP's own warning says which.
"""

from notion_lsp.lookup import Definition, Lookup

# The path of Vault's API has `data/` after the mount (Vault API, "KV secrets engine - version 2").
LOOKUP = Lookup(
    "{vault_secret}('{MOUNT}', '{PATH}', '{FIELD}')",
    definition=Definition(
        "vault_secret",
        r"""if (!function_exists(__NAMESPACE__ . '\{vault_secret}')) {
    function {vault_secret}(string $mount, string $path, string $key): string
    {
        static $kept = [];
        $id = "$mount/$path";
        if (!isset($kept[$id])) {
            $setting = fn (string $name) => \getenv($name)
                ?: throw new \RuntimeException("$name is not set");
            $header = 'X-Vault-Token: ' . $setting('VAULT_TOKEN');
            $context = stream_context_create(['http' => ['header' => $header]]);
            $url = $setting('VAULT_ADDR') . "/v1/$mount/data/$path";
            $answer = file_get_contents($url, false, $context);
            if ($answer === false) {
                throw new \RuntimeException("Vault has no $id");
            }
            $kept[$id] = json_decode($answer, true, flags: JSON_THROW_ON_ERROR)['data']['data'];
        }
        return ($kept[$id][$key] ?? null) ?: throw new \RuntimeException("$id has no $key");
    }
}""",
        signature=r"function vault_secret\(string \$\w+, string \$\w+, string \$\w+\): string",
    ),
)
