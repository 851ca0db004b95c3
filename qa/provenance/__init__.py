"""Where a statement comes from: whose words they are, who says it, when it happened."""
