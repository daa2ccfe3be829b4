"""Signs that a round deserves a person's look, and the queue of those looks. Signs hold, they never punish."""
