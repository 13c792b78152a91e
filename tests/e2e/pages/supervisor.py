"""A supervisor for the office."""

SUE = """
[[agent]]
key = "sue"
firstname = "Sue"
lastname = "Lee"
email = "sue@acme.example"
password = "a-good-password"
role = "supervisor"
"""
