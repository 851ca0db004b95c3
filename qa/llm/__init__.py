"""A language model, where somebody has set one: any OpenAI-compatible server, Ollama's too.

Nothing of this is imported while none is set.
"""
