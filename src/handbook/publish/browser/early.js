/* Runs before all scripts of the theme. */

(function () {
  "use strict";

  /* A browser can block storage for a site by raising an error on access. The theme reads its colours from storage
     and would fail, so a substitute stores values while the page is open. */
  try {
    window.localStorage.getItem("");
  } catch {
    /** @type {Map<string, string>} */
    const kept = new Map();
    const substitute = {
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, String(value)),
      removeItem: (/** @type {string} */ key) => void kept.delete(key),
      forgets: true,
    };
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { configurable: true, value: substitute });
    }
  }

  /* The theme fetches the search index with the first page, although the index is larger than the rest of the page.
     This code delays the request until the reader uses the search or opens a search result. */
  const index = /\/search(\/search_index)?\.json$/;
  const wanted = new Promise((resolve) => {
    if (/[?&][hq]=/.test(location.search)) resolve(true);
    document.addEventListener("keydown", resolve, { once: true, capture: true });
    for (const event of ["focusin", "pointerover", "click"]) {
      document.addEventListener(
        event,
        ({ target }) => {
          if (target instanceof Element && target.closest(".md-search, [for=__search]")) resolve(true);
        },
        { capture: true, passive: true },
      );
    }
  });
  /* From a folder, browsers list the files of a folder instead of its page, and load no modules: links get the name of the
     page, and the reader is told. */
  const note = document.currentScript?.dataset.folder;
  if (location.protocol === "file:" && note) {
    for (const event of ["click", "auxclick", "contextmenu"]) {
      document.addEventListener(
        event,
        ({ target }) => {
          const link = target instanceof Element && target.closest("a[href]");
          if (link instanceof HTMLAnchorElement && link.protocol === "file:" && link.pathname.endsWith("/")) {
            link.pathname += "index.html";
          }
        },
        { capture: true },
      );
    }
    document.addEventListener("DOMContentLoaded", () => {
      const aside = document.createElement("aside");
      aside.className = "hb-version";
      aside.textContent = note;
      document.querySelector(".md-container, body")?.prepend(aside);
    });
  }

  const { open, send } = XMLHttpRequest.prototype;
  /** @type {WeakSet<XMLHttpRequest>} */
  const held = new WeakSet();
  /** @this {XMLHttpRequest} @param {any} request */
  XMLHttpRequest.prototype.open = function (...request) {
    if (index.test(new URL(request[1], location.href).pathname)) held.add(this);
    return open.apply(this, request);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (held.has(this)) wanted.then(() => send.apply(this, body));
    else send.apply(this, body);
  };
})();
