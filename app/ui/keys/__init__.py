"""What every page about keys is made of: hidden fields, a new password, the recovery code and its sheet."""
