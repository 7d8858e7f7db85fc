"""Vector bin packing: pieces of several dimensions into bins of unequal size, under constraints.

Pure and general: knows pieces and bins, nothing of servers, hosts, tenants or units.
"""
