"""The edge to the Language Server Protocol: the only folder that knows pygls and lsprotocol."""
