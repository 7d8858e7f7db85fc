"""The one door to Git: two revisions read from the object database, nothing checked out, nothing of them run."""
