"""The archive on disk: ledger, Chroma, embedding."""

from __future__ import annotations

import os

# onnxruntime queues reports for its maker from the moment it is imported, whatever it is told
# later, so it is told here: no module that imports it, Chroma's included, loads before this one.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
