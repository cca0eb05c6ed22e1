"""What a person reads about a token: messages, evidence, and texts with their tokens masked."""
