"""Words, names, kinds, numbers and dates: one home for what is true of language."""
