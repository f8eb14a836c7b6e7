"""BLAKE2 alone. `hashlib` loads OpenSSL first, which takes as long as reading a hundred files."""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # A Python without its own one.
    from hashlib import blake2b

__all__ = ["blake2b"]
