"""The HTTP layer: compression, headers, health, work at start. Knows starlette, not streamlit."""
