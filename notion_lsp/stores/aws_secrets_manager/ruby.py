"""Ruby: AWS's own gem."""

from dataclasses import replace

from notion_lsp.languages.ruby import gem
from notion_lsp.lookup import Definition, Lookup

_AWS = gem("aws-sdk-secretsmanager", "Aws")

# A secret of bytes has no `secret_string` (AWS API, GetSecretValue).
LOOKUP = Lookup(
    '{AwsSecrets}.read("{SECRET_ID}")',
    (_AWS,),
    Definition(
        "AwsSecrets",
        """\
module {AwsSecrets}
  @kept = {}

  def self.read(id)
    @kept[id] ||= begin
      answer = {Aws}::SecretsManager::Client.new.get_secret_value(secret_id: id)
      raise KeyError, "#{id} has no SecretString" if answer.secret_string.to_s.empty?

      answer.secret_string
    end
  end
end""",
        signature=r"module AwsSecrets\s+@kept = \{\}\s+def self\.read\(\w+\)",
    ),
    packages=("aws-sdk-secretsmanager",),
)

# The message of JSON's own error would quote the secret. The name is its own: a module that
# is there already would lose its method to this one.
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression='{AwsJsonSecrets}.read("{SECRET_ID}", "{KEY}")',
    requirements=(_AWS, gem("json", "JSON")),
    definition=Definition(
        "AwsJsonSecrets",
        """\
module {AwsJsonSecrets}
  @kept = {}

  def self.read(id, key)
    @kept[[id, key]] ||= begin
      answer = {Aws}::SecretsManager::Client.new.get_secret_value(secret_id: id)
      secret = {JSON}.parse(answer.secret_string.to_s)[key]
      raise KeyError, "#{id} has no #{key}" if secret.to_s.empty?

      secret
    rescue {JSON}::ParserError
      raise KeyError, "#{id} is not JSON", cause: nil
    end
  end
end""",
        signature=r"module AwsJsonSecrets\s+@kept = \{\}\s+def self\.read\(\w+, \w+\)",
    ),
)
