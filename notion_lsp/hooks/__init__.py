"""Who asks before something happens: agents that write code, in `agents/`, and git."""
