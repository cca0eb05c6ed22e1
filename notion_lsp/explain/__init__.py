"""What a person reads of a token: messages, evidence, and texts with their tokens masked."""
