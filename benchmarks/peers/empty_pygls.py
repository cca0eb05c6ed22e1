"""A pygls server that does nothing: the least any server built on pygls can cost."""

from pygls.lsp.server import LanguageServer

server = LanguageServer("empty", "1")

if __name__ == "__main__":
    server.start_io()
