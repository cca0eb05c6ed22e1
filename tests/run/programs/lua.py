"""Lua, which comes without a client of HTTP: curl is one."""

from programs import Program

_TEXT = """\
local headers = { "Authorization: Bearer TOKEN" }

local command = "curl --silent --header '%s' %s"
local sent = os.execute(command:format(headers[1], os.getenv("RECEIVER")))
os.exit(sent == true)
"""
_MODULE = """\
local os = { execute = os.execute, url = os.getenv("RECEIVER"), exit = os.exit }
local token <const> = "TOKEN"

local function send(key)
  return os.execute("curl --silent --header 'Authorization: Bearer " .. key .. "' " .. os.url)
end

os.exit(send(token) == true)
"""

PROGRAMS = [
    Program(
        name,
        "lua",
        "program.lua",
        text,
        run=lambda folder: ["lua5.4", folder / "program.lua"],
        needs=("lua5.4", "curl"),
    )
    for name, text in (("lua", _TEXT), ("lua-os-is-mine", _MODULE))
]
