"""Valid documents to the frozen model: raw dicts end here, and defaults are applied here and nowhere else.

A decoder is given the document's `metadata.name` and its `spec`, both already judged by the schema.
"""
