"""Pure ASGI middleware, one file each.

Outermost first: request_id, access_log, drain, body_limit.
"""
