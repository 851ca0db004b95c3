"""What is asked: a follow-up made to stand alone."""
