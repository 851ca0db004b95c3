"""What the chat shows: pure functions from records to HTML, one stylesheet, one script."""
