"""A display without a browser: `turnero display` follows a screen and writes each call as a line, for LED panels."""
