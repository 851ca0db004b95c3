"""Serving: the page, and whatever else is offered over HTTP, behind one guarded door."""
