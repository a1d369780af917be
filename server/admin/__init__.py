"""The control plane's ways in, on a port of their own: the admin API, and the console in ``server.admin.console``."""
