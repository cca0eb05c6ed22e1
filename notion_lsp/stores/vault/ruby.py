"""Ruby: HashiCorp's gem, which answers with nothing where there is no secret."""

from notion_lsp.languages.ruby import gem
from notion_lsp.lookup import Definition, Lookup

# The gem takes `VAULT_ADDR` and `VAULT_TOKEN` from the environment by itself.
LOOKUP = Lookup(
    '{VaultSecrets}.read("{MOUNT}", "{PATH}", "{FIELD}")',
    (gem("vault", "Vault"),),
    # The fields are symbols in `data` itself, not in `data[:data]` as the README of gem 0.20 says.
    Definition(
        "VaultSecrets",
        """\
module {VaultSecrets}
  @kept = {}

  def self.read(mount, path, key)
    @kept[[mount, path, key]] ||= begin
      secret = {Vault}.kv(mount).read(path)&.data&.fetch(key.to_sym, nil)
      raise KeyError, "#{mount}/#{path} has no #{key}" if secret.to_s.empty?

      secret
    end
  end
end""",
        signature=r"module VaultSecrets\s+@kept = \{\}\s+def self\.read\(\w+, \w+, \w+\)",
    ),
    packages=("vault",),
)
