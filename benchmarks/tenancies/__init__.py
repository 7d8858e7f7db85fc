"""The tenants of tenants.py: twelve resources each, made by several contenders, counted by one who is none of them."""
