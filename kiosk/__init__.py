"""The face of the visitor: kiosk, ticket page, booking page, waiting room and point-of-contact page."""
