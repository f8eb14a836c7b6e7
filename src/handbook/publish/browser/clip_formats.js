/* What each choice of the control puts on the clipboard. */

import { html, markdown, slack, slackHtml } from "./clip_write.js";

/** @typedef {import("./clip_read.js").Block} Block */

/** For editors: HTML, with Markdown for those that take only text. @param {Block[]} blocks */
export const clipRich = (blocks) => ({ html: html(blocks), text: markdown(blocks) });

/** @param {Block[]} blocks */
export const clipMarkdown = (blocks) => ({ text: markdown(blocks) });

/** For the message field of Slack: what it can show, with its markup as text. @param {Block[]} blocks */
export const clipSlack = (blocks) => ({ html: slackHtml(blocks), text: slack(blocks) });
