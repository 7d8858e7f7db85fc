"""What the two programs are put together from: one kind of object a file, no arithmetic, no choices."""
