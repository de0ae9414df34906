"""Who may do what: roles, rules, the check at the moment of acting, the audit log, tokens of programs.

Knows neither Streamlit nor Starlette: pages, endpoints and commands say who is there and ask.
"""
