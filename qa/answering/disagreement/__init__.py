"""Where articles differ in what they answer: which values, who gives them, and how they relate."""
