"""Making the bundled reader; its README tells how."""
