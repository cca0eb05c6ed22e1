"""Ruby; stubs stand in for the gems, and ask the real stores."""

from pathlib import Path

from programs import Program

_STUBS = Path(__file__).parents[1] / "stubs" / "ruby"
_TEXT = """\
# frozen_string_literal: true

require "net/http"

HEADERS = { "Authorization" => "Bearer TOKEN" }.freeze
Net::HTTP.get(URI(ENV.fetch("RECEIVER")), HEADERS)
"""
_CLASS = """\
module Notion
  class Client
    def initialize(token: 'TOKEN')
      @token = token
    end

    def send_to(address)
      Net::HTTP.get(URI(address), { "Authorization" => "Bearer #{@token}" })
    end
  end
end

require "net/http"

Notion::Client.new.send_to(ENV.fetch("RECEIVER"))
"""

PROGRAMS = [
    Program(
        name,
        "ruby",
        "program.rb",
        text,
        run=lambda folder: ["ruby", "-w", "-I", _STUBS, folder / "program.rb"],
        needs=("ruby",),
        stubbed=("aws-secrets-manager", "conjur", "vault"),
    )
    for name, text in (("ruby", _TEXT), ("ruby-class", _CLASS))
]
