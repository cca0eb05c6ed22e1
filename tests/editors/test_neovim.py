"""The server in Neovim, set up as docs/editors/neovim.md says."""
