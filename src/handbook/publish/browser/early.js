/* Runs before anything of the theme does. */

(function () {
  "use strict";

  /* A browser may refuse to keep anything for a site, by refusing the very name. The theme reads its colours from
     there and would stop at it, so a stand-in keeps things for as long as the page is open. */
  try {
    window.localStorage.getItem("");
  } catch {
    /** @type {Map<string, string>} */
    const kept = new Map();
    const standIn = {
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, String(value)),
      removeItem: (/** @type {string} */ key) => void kept.delete(key),
      forgets: true,
    };
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { configurable: true, value: standIn });
    }
  }

  /* The theme fetches the whole index of the search with every first page: more than all the rest of it. It is
     held back until the reader turns to the search, or comes from it with words to be marked. */
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
