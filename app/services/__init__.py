"""What people do: each public function is one action of a person and one transaction."""
