"""The year's pledges: everybody's, and one member's."""
