"""What a long past costs: a generator of finished tickets, and the commands that must not grow slower with them."""
