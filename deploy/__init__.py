"""What runs beside the server: rules, dashboards, examples."""
