"""What ``sarsteer evaluate`` and ``sarsteer calibrate`` run, put together for one model."""
