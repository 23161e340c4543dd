"""Wiring: settings, addresses, WSGI."""
