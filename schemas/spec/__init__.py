"""What a manifest may say of a cluster: one module for each part of it, and `cluster`, which has all of them."""
