"""The console: pages for people over what the admin API does for programs. HTML from the server, htmx for what moves."""
