"""What a network file says, as values with every default filled in: a module for each kind of thing."""
