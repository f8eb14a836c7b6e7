/* Tries the cases of this folder on the scripts of the pages. The tests of the engine try the same cases. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const SCRIPTS = new URL("../../src/handbook/publish/browser/", import.meta.url);
const TOLERANCE = 1e-9;

/** Reduces a result to the fields of the expected one, and takes numbers that are close enough as equal. */
function comparable(actual, expected) {
  if (typeof actual === "number" && typeof expected === "number") {
    return Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)) ? expected : actual;
  }
  if (Array.isArray(actual)) return actual.map((item, at) => comparable(item, expected?.[at]));
  if (actual === null || typeof actual !== "object" || expected === null || typeof expected !== "object") return actual;
  return Object.fromEntries(Object.keys(expected).map((name) => [name, comparable(actual[name], expected[name])]));
}

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".json"))) {
  test(file, async () => {
    const { script, cases } = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
    const functions = await import(new URL(script, SCRIPTS));
    assert.ok(cases.length);
    for (const [name, given, expected] of cases) {
      const actual = functions[name](...given);
      assert.deepEqual(comparable(actual, expected), expected, `${name}(${JSON.stringify(given)})`);
    }
  });
}
