"""Many stacks at once: processes that look at all of them, in one call or one after the other."""
