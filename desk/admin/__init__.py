"""The administrator's pages: the network looked at, changed, exported, imported and brought back; setting up."""
