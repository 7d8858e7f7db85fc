"""Grafana dashboards as code: what is asked and shown stands in `for_*.py`, how Grafana is told in `grafana.py`.

`python -m monitoring.boards` (`make dashboards`) writes monitoring/dashboards/*.json, which are committed. Nothing of
the product imports this, and it imports nothing of the product: it knows metrics by name, as any reader of them.
"""
