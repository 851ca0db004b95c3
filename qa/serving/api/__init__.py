"""What other programs may ask: five calls, in three protocols, and a chat as OpenAI speaks it."""
