/* Part of the page for missing pages of a site that doesn't know its own address. Hosts show that page at the address of the
   missing page, where its links lead nowhere: this finds the folder of the site, and opens the page there. */

(async function () {
  "use strict";

  const { pathname, protocol } = location;
  if (!protocol.startsWith("http")) return;
  const here = pathname.slice(0, pathname.lastIndexOf("/") + 1);
  for (let folder = here; folder; folder = folder.slice(0, folder.slice(0, -1).lastIndexOf("/") + 1)) {
    try {
      if (!(await fetch(`${folder}assets/handbook/handbook.css`, { method: "HEAD" })).ok) continue;
    } catch {
      return;
    }
    if (folder !== here) location.replace(`${folder}404.html#${pathname.slice(folder.length)}`);
    return;
  }
})();
