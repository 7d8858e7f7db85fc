"""Many inventory names on a few test machines, and two ways to set them up by one playbook."""
