"""Reads what exists in the cloud, in bulk: the CloudInventory port over OpenStack's REST APIs."""
