/* Redirects from a former URL to the new one and keeps the anchor of the link. Without this script, the page
   redirects to the top of the new page. */

(function () {
  "use strict";

  const link = document.querySelector("link[rel=alternate]");
  if (link instanceof HTMLLinkElement) location.replace(link.href + location.search + location.hash);
})();
