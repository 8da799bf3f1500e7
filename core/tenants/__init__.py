"""The municipalities (อปท.) that one installation serves."""
