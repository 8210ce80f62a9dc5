"""What run.py is made of. It runs before anything is installed: nothing but the standard library in here."""
