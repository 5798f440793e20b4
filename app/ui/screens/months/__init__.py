"""The months: the cell's board, confirming, what the cell says, and a member's own month."""
