"""The use cases: validate, plan, apply. They talk to the world through ports only."""
