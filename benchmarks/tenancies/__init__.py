"""The tenants of engine_create.py: twelve resources each, made by several contenders, counted by who is none of them."""
