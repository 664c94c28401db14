"""Questions in plain English answered with the claims that bear on them."""
