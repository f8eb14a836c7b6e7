/* Copies a part of the page: `data-of` names its element by ID; without it, the whole page. */

import { control } from "./clip.js";
import { blocksIn, pageTitle } from "./clip_read.js";
import { markdown } from "./clip_write.js";
import { wordFile } from "./files.js";
import { _ } from "./language.js";

const LINK = /(?<!\\)\]\((?![a-z][a-z\d+.-]*:|[/#])([^()\s]+)\)/gi;

/** Returns the Markdown version of the page, with links that work anywhere; nothing if it can't be read. */
async function ofPage() {
  const link = document.querySelector("link[rel~=alternate][type='text/markdown']");
  // A page opened from a folder can't read files.
  const answer = link instanceof HTMLLinkElement ? await fetch(link.href).catch(() => undefined) : undefined;
  if (!answer?.ok) return "";
  const text = (await answer.text()).replace(/^---\n.*?\n---\n\n/s, "");
  return text.replace(LINK, (_all, target) => `](${new URL(target, answer.url).href})`);
}

/** @param {HTMLElement} box */
export function start(box) {
  const part = box.dataset.of ? document.getElementById(box.dataset.of) : null;
  const page = document.querySelector("article");
  const source = part ?? page;
  if (!source) return;
  const what = box.dataset.what ?? pageTitle();
  const blocks = () => blocksIn(source);
  const words = part ? _("Copy") : _("Copy page");
  const options = { what, label: part ? what : _("this page"), blocks, words, look: box.dataset.look ?? "md-button--small", files: [wordFile(what)] };
  box.append(control(part ? options : { ...options, markdown: async () => (await ofPage()) || markdown(blocks()) }));
}
