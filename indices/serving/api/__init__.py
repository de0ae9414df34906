"""The data endpoints under /api/v1: the pages' answers as JSON, CSV, XLSX and Parquet, and their description.

`mount` is the way in; nothing else of the package is imported before the first request.
"""
