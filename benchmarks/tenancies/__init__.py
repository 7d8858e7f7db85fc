"""The tenants of engine_create.py: twelve resources each, made by several contenders, counted by one who is neutral."""
