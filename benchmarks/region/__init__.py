"""A region of any number of tenants in the demo's shape: what validate.py and plan.py work on. Text in, text out."""
