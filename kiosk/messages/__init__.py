"""What messages say: in the words of an appointment or an account, else in ours, in the language of whoever is told."""
