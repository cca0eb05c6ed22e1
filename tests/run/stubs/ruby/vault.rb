# frozen_string_literal: true

# Stands in for HashiCorp's gem: a missing secret is nil, and the keys of a secret are symbols.

require "json"
require "net/http"

module Vault
  class HTTPError < RuntimeError; end

  Secret = Struct.new(:data)

  class KV
    def initialize(mount)
      @mount = mount
    end

    def read(path)
      uri = URI("#{ENV.fetch("VAULT_ADDR")}/v1/#{@mount}/data/#{path}")
      answer = Net::HTTP.get_response(uri, {"X-Vault-Token" => ENV.fetch("VAULT_TOKEN")})
      return if answer.is_a?(Net::HTTPNotFound)
      raise HTTPError, "Vault responded with a #{answer.code}" unless answer.is_a?(Net::HTTPOK)

      Secret.new(JSON.parse(answer.body, symbolize_names: true)[:data][:data])
    end
  end

  def self.kv(mount)
    KV.new(mount)
  end
end
