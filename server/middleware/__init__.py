"""Pure ASGI middleware, one file each.

Wrap the whole app, outermost first: request_id, access_log, inflight, body_limit. Added inside the app they
would miss the answers of its outermost error handler.
"""
