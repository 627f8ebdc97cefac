"""Finds what breaks or silently changes when OpenAI code is pointed at Claude."""

__version__ = "0.1.0"
