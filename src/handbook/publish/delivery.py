"""What is done to every page of a finished site, whichever engine has made it.

A policy in its head forbids the browser whatever the page does not need: requests to other hosts, and
scripts that somebody has smuggled in. It stands in the page, because few hosts of static sites let anybody
set headers.
"""

from __future__ import annotations

import base64
import hashlib
import re

from handbook.publish.assets import EARLY_SCRIPT, STYLE

_HEAD = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_OWN_STYLE = re.compile(rf'<link rel="stylesheet" href="([^"]*){re.escape(STYLE)}"')
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)

# Styles may stand in a page: Markdown aligns columns of tables by them, and the search of Zensical brings
# its own. None of them can tell another host what they found.
_POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; worker-src 'self'; "
    "frame-src 'self'; base-uri 'self'; form-action 'self'"
)

_NOT_FOUND = "<h1>404 - Not found</h1>"
_INSTEAD = """<h1>There is no page at this address</h1>
<p class="hb-lead">The link may be mistyped, or the page is gone. Search for what you need by its name, or
begin at the <a href="{root}">first page</a>.</p>
<div class="hb-find" data-hb="find"></div>"""


def finish_page(page: str, *, policy: bool = True) -> str:
    """A page of the theme as it is delivered.

    The theme's few scripts that stand inside the page are named to the browser by their digests. The part
    that asks the repository's host how many stars it has is left out. The page that says that there is none
    leads on to the search.

    Args:
        page: The page, as the engine has made it.
        policy: Whether the page gets its policy. A server that reloads pages puts scripts into them.
    """
    quiet = page.replace(' data-md-component="source"', "")
    root = _OWN_STYLE.search(quiet)
    if root is None:
        return quiet
    quiet = quiet.replace(_NOT_FOUND, _INSTEAD.format(root=root[1] or "."))
    early = f'<script src="{root[1]}{EARLY_SCRIPT}"></script>'
    return _HEAD.sub(lambda found: f"{found[0]}{_meta(quiet) if policy else ''}{early}", quiet, count=1)


def _meta(page: str) -> str:
    """The policy of a page. Digests as Content Security Policy Level 3 wants them, section 2.3.1."""
    digests = sorted({_digest(script) for script in _INLINE_SCRIPT.findall(page)})
    policy = _POLICY.format(scripts="".join(f" 'sha256-{digest}'" for digest in digests))
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
