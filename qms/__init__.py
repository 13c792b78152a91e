"""What every part of Turnero shares: the domain's values, its storage, its services and the web parts of its faces."""
