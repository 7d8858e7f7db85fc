"""The orchestrator: specs in, judged plans out, plans carried out, capacity told (docs/architecture.md)."""
