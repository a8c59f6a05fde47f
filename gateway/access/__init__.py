"""Who is at the other end, and may they be: tokens, roles, origins."""
