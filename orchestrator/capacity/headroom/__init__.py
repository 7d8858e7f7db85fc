"""What still goes in beside what stands there: free amounts, and servers of each flavor, now and after a loss."""
