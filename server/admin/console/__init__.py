"""The console: pages for people, over what the admin API is for programs. The server writes HTML; htmx moves it."""
