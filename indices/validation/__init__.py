"""What is wrong with an uploaded table: every finding at once, as values."""

from indices.validation.report import Report

__all__ = ["Report"]
