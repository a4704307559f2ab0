"""The HTTP service: routes, their shapes and their errors. What is asked is answered in `qa`.

Start with `create_app` in `api.app`; `api.errors` alone knows status codes.
"""
