"""HTML for pages of ours: well-formed by construction, and sealed against everything that is not theirs."""
