"""Articles from the web, where a person allows it: what may be reached, how long, how much."""
