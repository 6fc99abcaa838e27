"""Answers are compressed where the client takes it: zstd, Brotli, gzip or deflate, streamed answers as they come."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

from server.negotiation import DESCRIPTIONS, PROBLEM, RESULTS

_TEXTS = ("text/css", "text/javascript", "text/plain", "application/json", "image/svg+xml", "application/xml")


def init_app(app: Flask) -> None:
    """Compresses all answers of the application; to be called first, so that it comes last before sending."""
    app.config["COMPRESS_MIMETYPES"] = [*(form.media_type for form in (*DESCRIPTIONS, *RESULTS, PROBLEM)), *_TEXTS]
    app.config["COMPRESS_ALGORITHM"] = app.config["COMPRESS_ALGORITHM_STREAMING"] = ["zstd", "br", "gzip", "deflate"]
    app.config["COMPRESS_EVALUATE_CONDITIONAL_REQUEST"] = False  # server.headers does, with the release's validator
    Compress(app)
