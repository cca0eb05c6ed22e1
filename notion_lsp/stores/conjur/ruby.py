"""Ruby: CyberArk's gem, which takes the certificate of its settings only when told to."""

from notion_lsp.languages.ruby import ENV, gem
from notion_lsp.lookup import Definition, Lookup

# The gem raises `NotFound` of rest-client, its dependency, for a variable that has no value.
LOOKUP = Lookup(
    '{ConjurSecrets}.read("{ID}")',
    (ENV, gem("conjur-api", "Conjur")),
    # The full id of a resource begins with its account and its kind (Conjur API).
    Definition(
        "ConjurSecrets",
        """\
module {ConjurSecrets}
  @kept = {}

  def self.read(id)
    @kept[id] ||= begin
      secret = api.resource("#{{Conjur}.configuration.account}:variable:#{id}").value
      raise KeyError, "Conjur has no #{id}" if secret.to_s.empty?

      secret
    rescue RestClient::NotFound
      raise KeyError, "Conjur has no #{id}"
    end
  end

  def self.api
    @api ||= begin
      {Conjur}.configuration.apply_cert_config!
      login = {ENV}.fetch("CONJUR_AUTHN_LOGIN")
      {Conjur}::API.new_from_key(login, {ENV}.fetch("CONJUR_AUTHN_API_KEY"))
    end
  end
  private_class_method :api
end""",
        signature=r"module ConjurSecrets\s+@kept = \{\}\s+def self\.read\(\w+\)",
    ),
    packages=("conjur-api",),
)
