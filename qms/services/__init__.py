"""What people and programs ask for: each function takes one decision inside one transaction."""
