# frozen_string_literal: true

# Stands in for CyberArk's gem, and for what it raises where a variable is missing.

require "base64"
require "erb"
require "net/http"

module RestClient
  class NotFound < RuntimeError; end

  class Unauthorized < RuntimeError; end
end

module Conjur
  class Configuration
    def account
      ENV.fetch("CONJUR_ACCOUNT") { raise "Missing required option account" }
    end

    def apply_cert_config!
      false
    end
  end

  def self.configuration
    @configuration ||= Configuration.new
  end

  Resource = Struct.new(:api, :id) do
    def value
      account, kind, name = id.split(":", 3)
      api.get("/secrets/#{account}/#{kind}/#{ERB::Util.url_encode(name)}")
    end
  end

  class API
    def self.new_from_key(username, api_key, account: Conjur.configuration.account)
      new(username, api_key, account)
    end

    def initialize(username, api_key, account)
      @username = ERB::Util.url_encode(username)
      @api_key = api_key
      @account = account
    end

    def resource(id)
      Resource.new(self, id)
    end

    def get(path)
      answer = Net::HTTP.get_response(uri(path), {"Authorization" => %(Token token="#{token}")})
      raise RestClient::NotFound, "404 Not Found" if answer.is_a?(Net::HTTPNotFound)

      answer.body
    end

    private

    def token
      answer = Net::HTTP.post(uri("/authn/#{@account}/#{@username}/authenticate"), @api_key)
      raise RestClient::Unauthorized, "401 Unauthorized" unless answer.is_a?(Net::HTTPOK)

      Base64.strict_encode64(answer.body)
    end

    def uri(path)
      URI("#{ENV.fetch("CONJUR_APPLIANCE_URL")}#{path}")
    end
  end
end
