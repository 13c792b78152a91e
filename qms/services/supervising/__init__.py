"""What supervisors see of a day, and what they do about it: each command in one transaction, and in the audit."""
