"""The formulas that figures rest on, each with its source; shared by evaluation and training."""
