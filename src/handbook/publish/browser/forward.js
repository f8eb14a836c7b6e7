/* On the page at a former address: goes on to the new one with the place that the link named. The page
   leads there without this, to its beginning. */

(function () {
  "use strict";

  const link = document.querySelector("link[rel=alternate]");
  if (link instanceof HTMLLinkElement) location.replace(link.href + location.search + location.hash);
})();
