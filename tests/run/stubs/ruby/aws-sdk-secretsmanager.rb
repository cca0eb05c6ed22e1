# frozen_string_literal: true

# Stands in for AWS's gem: the calls that the rewrites make, by a request that is not signed.

require "json"
require "net/http"

module Aws
  module Errors
    class MissingRegionError < ArgumentError; end
  end

  module SecretsManager
    module Errors
      class ResourceNotFoundException < RuntimeError; end
    end

    Answer = Struct.new(:secret_string)

    class Client
      def initialize(region: ENV["AWS_REGION"] || ENV["AWS_DEFAULT_REGION"])
        raise Aws::Errors::MissingRegionError, "No region was provided" unless region

        @region = region
      end

      def get_secret_value(secret_id:)
        answer = Net::HTTP.post(URI(ENV.fetch("AWS_ENDPOINT_URL")), {SecretId: secret_id}.to_json, headers)
        body = JSON.parse(answer.body)
        raise Errors.const_get(body.fetch("__type")), body["message"] unless answer.is_a?(Net::HTTPOK)

        Answer.new(body["SecretString"])
      end

      private

      def headers
        key = "#{ENV.fetch("AWS_ACCESS_KEY_ID")}/20260101/#{@region}/secretsmanager/aws4_request"
        {
          "Authorization" => "AWS4-HMAC-SHA256 Credential=#{key}, SignedHeaders=host, Signature=0",
          "Content-Type" => "application/x-amz-json-1.1",
          "X-Amz-Target" => "secretsmanager.GetSecretValue"
        }
      end
    end
  end
end
