"""After a leak: how far the token has got."""
