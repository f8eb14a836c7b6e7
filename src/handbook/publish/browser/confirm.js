/* Makes the link that proposes to confirm an entry save it, if the server of the page can. Without it, the link stays. */

import { say } from "./dom.js";
import { loadManifest, save } from "./form_data.js";
import { _ } from "./language.js";

/** Only a server on the computer of the reader saves. */
const OWN = ["localhost", "127.0.0.1", "[::1]"];

/** @param {HTMLAnchorElement} link */
export async function start(link) {
  if (!OWN.includes(location.hostname)) return;
  const manifest = await loadManifest();
  if (!manifest.save) return;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const { hbKind: kind = "", hbId: id = "" } = link.dataset;
    const said = await save(manifest, { proposal: 1, base: null, by: null, why: null, operations: [{ op: "confirm", kind, id }] }, null).catch(() => null);
    if (said?.isSaved) say(_("Saved to %(file)s", { file: said.files.join(", ") }));
    else location.assign(link.href);
  });
}
