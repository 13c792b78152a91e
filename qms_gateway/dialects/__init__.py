"""The vendors' interfaces, a package each; none knows another."""
