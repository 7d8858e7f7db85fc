package main

import rego.v1

# Nobody deletes more than ten objects in one run.
deny contains message if {
	input.deletions > 10
	message := sprintf("%d objects would go; ten is our limit", [input.deletions])
}

# No server of the hospital is replaced.
deny contains message if {
	some step in input.steps
	step.name == "tenant/sainte-odile"
	some change in step.changes
	change.operation == "replace"
	endswith(change.kind, ":Instance")
	message := sprintf("%s: server %s would be replaced", [step.name, change.name])
}

# What our own rules refuse is refused here too.
deny contains message if {
	some finding in input.findings
	finding.severity == "error"
	finding.waivedUntil == null
	message := sprintf("%s %s", [finding.code, finding.message])
}
