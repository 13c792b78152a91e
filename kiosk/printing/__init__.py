"""Receipt printers: their addresses, what is sent to them, and how they say they are."""
