/* Answers questions with the script of the pages: `node search.mjs FOLDER`, with a list as JSON on standard input. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

globalThis.fetch = async (url) => {
  const text = readFileSync(url, "utf8");
  return { ok: true, json: async () => JSON.parse(text) };
};
const { load } = await import(new URL("../../src/handbook/publish/browser/search.js", import.meta.url));
const search = await load(pathToFileURL(`${process.argv[2]}/`), new URL("https://handbook.example/"));
const answers = [];
for (const ask of JSON.parse(readFileSync(0, "utf8"))) answers.push(await search.query(ask, 10));
process.stdout.write(JSON.stringify(answers));
