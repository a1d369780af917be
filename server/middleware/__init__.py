"""Pure ASGI middleware, one file each.

Outermost first: request_id, traces (where they are on), access_log, drain, body_limit.
"""
