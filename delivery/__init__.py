"""How pages reach readers and machines."""
