/* Checks an entry in the form as `handbook validate` does: by its schema, references, names of items and content.
   Both find the same at the same places. The words are those of the form: it has labels, and no lines of YAML. */

import { circles, connections, itemsAt, valueAt } from "./form_items.js";
import { contentProblems } from "./form_rules.js";
import { DAY, asOnPages, lineFits, meantDuration, meantId, meantNumbers, oneOf, quoted, shown, typed } from "./form_words.js";
import { _, ngettext } from "./language.js";
import { isGroup, isSame } from "./proposal.js";
import { Validator } from "./vendor/json-schema.js";

/**
 * @typedef {import("./proposal.js").Field} Field
 * @typedef {import("./vendor/json-schema.js").Unit} Unit
 * @typedef {(string | number)[]} Pointer
 * @typedef {{code: string, pointer: Pointer, message: string, hint: string, missing?: string, meant?: string | number, isAdvice?: boolean}} Problem
 *   `code` is that of the rule of `handbook validate`. A missing field is a problem of what it is missing in. Advice is
 *   no mistake: the entry can be sent all the same.
 * @typedef {import("./form_items.js").Connection} Connection
 */

/**
 * What the engine says about a content type.
 *
 * @typedef {object} Kind
 * @property {string} kind
 * @property {string} title
 * @property {string} label
 * @property {boolean} cut
 * @property {string} file
 * @property {Record<string, any>} schemas
 * @property {Field} field
 * @property {string[]} refs
 * @property {string} hidden What replaces a name that the reader may not know.
 * @property {import("./form_rules.js").Rules} rules
 */

const RANKS = /** @type {Record<string, number>} */ ({ type: 0, enum: 1, const: 1, minLength: 2, pattern: 2, format: 3 });
const CONDITIONAL = 10;
/** What only says that something inside is wrong. */
const AROUND = new Set(["properties", "patternProperties", "additionalProperties", "items", "prefixItems", "$ref", "allOf", "if", "then", "else", "dependentSchemas", "contains"]);
const UNKNOWN = /^(?:\?+|-|n\/a|na|none|null|not known|open|pending|tba|tbc|tbd|unknown)$/;

const DEPENDS_ON = "depends_on";

/** @param {string} location */
const parts = (location) => location.split("/").slice(1).map((part) => decodeURI(part.replaceAll("%23", "#")).replaceAll("~1", "/").replaceAll("~0", "~"));

/** @param {any} value */
const saysUnknown = (value) => typeof value === "string" && UNKNOWN.test(value.trim().toLowerCase());

/** Returns the field at a place of an entry. @param {Field | undefined} field @param {Pointer} pointer */
export const fieldAt = (field, pointer) => pointer.reduce((/** @type {Field | undefined} */ at, part) => (typeof part === "number" ? at?.items : at?.fields?.[part]), field);

export class Checker {
  /**
   * @param {Kind} kind
   * @param {(kind: string) => import("./form_data.js").Named[]} names Returns the entries of a kind.
   * @param {(kind: string) => import("./form_data.js").Ended} ended Returns those that have ended.
   * @param {Record<string, import("./form_rules.js").Check>} checks Those that only this content type needs.
   */
  constructor(kind, names, ended, checks) {
    this.kind = kind;
    this.names = names;
    this.ended = ended;
    /** The names of entries by their IDs, of each content type. @type {Map<string, Map<string, string>>} */
    this.known = new Map();
    /** The other entries of the content type, by the ID of the own one. @type {Map<string | undefined, import("./form_data.js").Named[]>} */
    this.siblings = new Map();
    this.checks = checks;
    this.validator = new Validator(kind.schemas[kind.file], "2020-12", false);
    for (const [name, schema] of Object.entries(kind.schemas)) if (name !== kind.file) this.validator.addSchema(schema, name);
  }

  /** Returns the name of an entry, if there is one. @param {string} kind @param {string} id */
  nameOf(kind, id) {
    const known = this.known.get(kind) ?? new Map(this.names(kind).map(([each, name]) => [each, name]));
    this.known.set(kind, known);
    return known.get(id);
  }

  /**
   * Returns what is wrong with an entry, one problem for each place.
   *
   * @param {Record<string, any>} value
   * @param {string} [id] The ID of an entry that exists.
   * @returns {Problem[]}
   */
  check(value, id) {
    const { valid, errors } = this.validator.validate(value);
    const found = valid ? [] : this.explain(value, errors);
    return [...found, ...this.others(value, id)];
  }

  /** @param {any} value @param {Unit[]} units @returns {Problem[]} */
  explain(value, units) {
    /** @type {Map<string, {rank: number, problem: Problem}>} */
    const best = new Map();
    for (const { rank, problem } of this.ranked(value, units)) {
      const place = JSON.stringify(problem.missing === undefined ? problem.pointer : [problem.pointer, problem.message]);
      if (rank < (best.get(place)?.rank ?? Infinity)) best.set(place, { rank, problem });
    }
    const all = [...best.values()];
    const around = (/** @type {Problem} */ { pointer, missing }) => JSON.stringify(missing === undefined ? pointer.slice(0, -1) : pointer);
    // A condition on a wrong or missing field is still undecided.
    const undecided = new Set(all.filter(({ rank }) => rank < CONDITIONAL).map(({ problem }) => around(problem)));
    return all.filter(({ rank, problem }) => rank < CONDITIONAL || !undecided.has(around(problem))).map(({ problem }) => problem);
  }

  /** @param {any} value @param {Unit[]} units @returns {{rank: number, problem: Problem}[]} */
  ranked(value, units) {
    const found = [];
    const explained = new Set();
    for (let at = 0; at < units.length; at += 1) {
      const unit = /** @type {Unit} */ (units[at]);
      if (AROUND.has(unit.keyword)) continue;
      const pointer = this.pointer(value, unit.instanceLocation);
      // The unit of a schema that is `false` doesn't say where it is, and the one around it is before it.
      const location = (unit.keyword === "false" ? units[at - 1] : unit)?.keywordLocation ?? "";
      const extra = /\/(?:then|else|dependentSchemas)\//.test(location) ? CONDITIONAL : 0;
      if (unit.keyword === "anyOf" || unit.keyword === "oneOf") {
        const start = `${unit.keywordLocation}/`;
        let end = at + 1;
        while (units[end]?.keywordLocation.startsWith(start) || units[end]?.keyword === "false") end += 1;
        found.push(...this.alternatives(value, unit, units.slice(at + 1, end), pointer).map(({ rank, problem }) => ({ rank: rank + extra, problem })));
        at = end - 1;
        continue;
      }
      const place = `${unit.instanceLocation} ${unit.keywordLocation}`;
      if (unit.keyword === "required" && explained.has(place)) continue;
      explained.add(place);
      const rank = (RANKS[unit.keyword] ?? 4) + extra;
      found.push(...this.problems(value, unit, pointer).map((problem) => ({ rank, problem })));
    }
    return found;
  }

  /** @param {any} value @param {string} location @returns {Pointer} */
  pointer(value, location) {
    let at = value;
    return parts(location).map((part) => {
      const step = Array.isArray(at) ? Number(part) : part;
      at = at?.[step];
      return step;
    });
  }

  /** Returns the schema with a keyword. @param {string} location @returns {Record<string, any>} */
  schema(location) {
    let file = this.kind.file;
    let at = this.kind.schemas[file];
    for (const part of parts(location).slice(0, -1)) {
      if (part === "$ref") {
        const [name, path = ""] = String(at.$ref).split("#");
        file = name || file;
        at = parts(path).reduce((inside, step) => inside?.[step], this.kind.schemas[file]);
      } else {
        at = at?.[part];
      }
    }
    return isGroup(at) ? at : {};
  }

  /** @param {any} value @param {Unit} unit @param {Unit[]} inside @param {Pointer} pointer */
  alternatives(value, unit, inside, pointer) {
    const branches = /** @type {any[]} */ (this.schema(unit.keywordLocation)[unit.keyword]);
    /** @type {Map<string, Unit[]>} */
    const found = new Map();
    const length = unit.keywordLocation.length + 1;
    for (const each of inside) {
      const branch = each.keywordLocation.slice(length).split("/")[0] ?? "";
      if (!AROUND.has(each.keyword)) found.set(branch, [...(found.get(branch) ?? []), each]);
    }
    const own = (/** @type {Unit} */ each) => each.instanceLocation === unit.instanceLocation;
    const required = [...found.values()].every((units) => units.every((each) => each.keyword === "required" && own(each)));
    if (required) {
      const names = [...new Set(branches.flatMap((branch) => branch.required ?? []))];
      const labels = oneOf(names.map((name) => this.label([...pointer, name])));
      const problem = found.size
        ? { missing: names[0], message: _("%(name)s is missing", { name: labels }), hint: "" }
        : branches.every((branch) => branch.required)
          ? { message: _("Only one of %(names)s is allowed", { names: labels }), hint: _("Empty the others") }
          : { message: _("%(name)s is ambiguous", { name: this.label(pointer) }), hint: "" };
      return [{ rank: 4, problem: { code: "HB107", pointer, ...problem } }];
    }
    const meant = [...found.values()].filter((units) => !units.some((each) => each.keyword === "type" && own(each)));
    const depth = (/** @type {Unit[]} */ units) => Math.max(...units.map((each) => each.instanceLocation.split("/").length));
    const best = meant.sort((one, other) => depth(other) - depth(one) || one.length - other.length)[0];
    if (best) return this.ranked(value, best);
    const wanted = [...new Set([...found.values()].flat().flatMap((each) => (each.keyword === "type" ? this.schema(each.keywordLocation).type : [])))];
    return [{ rank: 0, problem: this.wrongType(valueAt(value, pointer), wanted, pointer, {}) }];
  }

  /** @param {any} whole @param {Unit} unit @param {Pointer} pointer @returns {Problem[]} */
  problems(whole, unit, pointer) {
    const schema = this.schema(unit.keywordLocation);
    const value = valueAt(whole, pointer);
    const limit = schema[unit.keyword];
    switch (unit.keyword) {
      case "required":
        return this.missing(limit.filter((/** @type {string} */ name) => !(name in value)), pointer);
      case "dependentRequired": {
        const names = Object.entries(limit).flatMap(([name, others]) => (name in value ? /** @type {string[]} */ (others) : []));
        return this.missing(names.filter((name) => !(name in value)), pointer);
      }
      case "false":
        return [{ code: "HB102", pointer, message: _("%(name)s is not allowed here", { name: this.label(pointer) }), hint: _("Empty it, or change the field it depends on") }];
      case "type":
        return [this.wrongType(value, [limit].flat(), pointer, schema)];
      case "enum":
      case "const":
        return [this.wrongChoice(value, pointer)];
      case "pattern":
      case "format":
        return [this.wrongForm(value, unit.keyword, limit, pointer, schema)];
      default:
        return [this.wrongSize(value, unit.keyword, limit, pointer, schema)];
    }
  }

  /** @param {string[]} names @param {Pointer} pointer @returns {Problem[]} */
  missing(names, pointer) {
    return names.map((name) => ({ code: "HB101", pointer, missing: name, message: _("%(name)s is missing", { name: this.label([...pointer, name]) }), hint: "" }));
  }

  /** @param {any} value @param {string[]} wanted @param {Pointer} pointer @param {Record<string, any>} schema @returns {Problem} */
  wrongType(value, wanted, pointer, schema) {
    const types = /** @type {Record<string, string>} */ ({ string: _("text"), integer: _("a whole number"), number: _("a number"), boolean: _("yes or no"), array: _("a list"), object: _("a group of fields"), null: _("nothing") });
    const names = wanted.map((name) => types[name] ?? name).join(" " + _("or") + " ");
    const found = typeof value === "string" ? _("the text %(value)s", { value: shown(value) }) : shown(value);
    const message = _("%(name)s must be %(types)s, not %(value)s", { name: this.label(pointer), types: names, value: found });
    const fits = (/** @type {number} */ each) => each >= (schema.minimum ?? each) && each <= (schema.maximum ?? each) && (wanted.includes("number") || Number.isInteger(each));
    const meant = typeof value === "string" && !wanted.includes("string") && wanted.some((type) => type === "number" || type === "integer") ? meantNumbers(value.trim()).filter(fits) : [];
    const hint = meant.length ? _("Write %(value)s", { value: oneOf(meant.map((each) => shown(typed(each)))) }) : "";
    return { ...this.problem("HB103", value, pointer, schema, message, hint), ...(meant.length === 1 ? { meant: meant[0] } : {}) };
  }

  /** @param {any} value @param {Pointer} pointer @returns {Problem} */
  wrongChoice(value, pointer) {
    const message = _("Invalid value %(value)s for %(name)s", { value: shown(value), name: this.label(pointer) });
    return this.problem("HB104", value, pointer, {}, message, _("Choose one from the list"));
  }

  /** @param {any} value @param {string} keyword @param {any} limit @param {Pointer} pointer @param {Record<string, any>} schema @returns {Problem} */
  wrongForm(value, keyword, limit, pointer, schema) {
    const code = String(value).trim() ? "HB105" : "HB106";
    const name = this.label(pointer);
    const message = _("Invalid format for %(name)s: %(value)s", { name, value: shown(value) });
    if (keyword === "format" && limit === "date" && DAY.test(value)) {
      return this.problem(code, value, pointer, schema, _("%(value)s is not a valid date", { value: shown(value) }), _("Choose a date that exists"));
    }
    if (keyword !== "pattern") return this.problem(code, value, pointer, schema, message);
    const fits = (/** @type {string} */ text) => new RegExp(limit, "u").test(text);
    if (value.includes("\n") && lineFits(value, fits)) return this.problem(code, value, pointer, schema, _("%(name)s must be on one line", { name }), _("Write it on one line"));
    const near = [meantId(value), value.toUpperCase(), value.trim()].find((each) => fits(each))?.slice(0, schema.maxLength ?? value.length) ?? "";
    const meant = [near, meantDuration(value)].find((each) => each && fits(each));
    // The units are those of the file, in any language of the readers.
    const isDuration = fits("1 day") && !fits("1 fortnight");
    const advice = isDuration ? _("Write a number and a unit, such as `30 minutes` or `1 day`") : "";
    return { ...this.problem(code, value, pointer, schema, message, meant ? _("Use “%(value)s”", { value: meant }) : advice), meant };
  }

  /** @param {any} value @param {string} keyword @param {any} limit @param {Pointer} pointer @param {Record<string, any>} schema @returns {Problem} */
  wrongSize(value, keyword, limit, pointer, schema) {
    const size = typeof value === "string" || Array.isArray(value) ? value.length : isGroup(value) ? Object.keys(value).length : 0;
    const name = this.label(pointer);
    if (keyword === "uniqueItems") {
      const at = value.findIndex((/** @type {any} */ item, /** @type {number} */ index) => value.slice(0, index).some((/** @type {any} */ other) => isSame(item, other)));
      return { code: "HB106", pointer: [...pointer, at], message: _("%(name)s has %(value)s twice", { name, value: shown(value[at]) }), hint: _("Remove one of them") };
    }
    const most = asOnPages(limit);
    const [start, end] = [{ name, value: shown(value), limit: most }, { limit: most }];
    const texts = /** @type {Record<string, [string, string]>} */ ({
      minLength: [ngettext("%(name)s has %(num)s character, minimum %(limit)s", "%(name)s has %(num)s characters, minimum %(limit)s", size, start), _("Write more")],
      maxLength: [ngettext("%(name)s has %(num)s character, maximum %(limit)s", "%(name)s has %(num)s characters, maximum %(limit)s", size, start), _("Shorten it")],
      minimum: [_("%(name)s is %(value)s, minimum %(limit)s", start), _("Use %(limit)s or more", end)],
      maximum: [_("%(name)s is %(value)s, maximum %(limit)s", start), _("Use %(limit)s or less", end)],
      exclusiveMinimum: [_("%(name)s is %(value)s, but must be more than %(limit)s", start), _("Use a value above %(limit)s", end)],
      exclusiveMaximum: [_("%(name)s is %(value)s, but must be less than %(limit)s", start), _("Use a value below %(limit)s", end)],
      multipleOf: [_("%(name)s is %(value)s, but must be a multiple of %(limit)s", start), _("Use a multiple of %(limit)s", end)],
      minItems: [ngettext("%(name)s has %(num)s item, minimum %(limit)s", "%(name)s has %(num)s items, minimum %(limit)s", size, start), _("Add more")],
      maxItems: [ngettext("%(name)s has %(num)s item, maximum %(limit)s", "%(name)s has %(num)s items, maximum %(limit)s", size, start), _("Remove some")],
      minProperties: [ngettext("%(name)s has %(num)s field, minimum %(limit)s", "%(name)s has %(num)s fields, minimum %(limit)s", size, start), _("Fill in more")],
      maxProperties: [ngettext("%(name)s has %(num)s field, maximum %(limit)s", "%(name)s has %(num)s fields, maximum %(limit)s", size, start), _("Empty some")],
    });
    const [message, hint] = texts[keyword] ?? [_("%(name)s is not valid", start), ""];
    return this.problem("HB106", value, pointer, schema, message, hint);
  }

  /** @param {string} code @param {any} value @param {Pointer} pointer @param {Record<string, any>} schema @param {string} message @param {string} [hint] @returns {Problem} */
  problem(code, value, pointer, schema, message, hint) {
    const isOpen = saysUnknown(value) && this.isOptional(pointer);
    const [example] = schema.examples ?? fieldAt(this.kind.field, pointer)?.examples ?? [];
    const usual = typeof example === "string" || typeof example === "number" ? _("Use a value such as %(example)s", { example: shown(example) }) : "";
    return { code, pointer, message, hint: isOpen ? _("Leave it empty until it is known") : hint || usual };
  }

  /** @param {Pointer} pointer */
  isOptional(pointer) {
    const last = pointer.at(-1);
    return last !== undefined && !(fieldAt(this.kind.field, pointer.slice(0, -1))?.required ?? []).includes(String(last));
  }

  /** Returns the field at a place as readers know it. @param {Pointer} pointer */
  label(pointer) {
    const last = pointer.at(-1);
    const end = pointer.findLastIndex((part) => typeof part === "string");
    if (end < 0) return _("The value");
    const name = quoted(fieldAt(this.kind.field, pointer.slice(0, end + 1))?.title || String(pointer[end]));
    return typeof last === "number" ? _("Item %(number)s of %(list)s", { number: last + 1, list: name }) : name;
  }

  /** Returns the problems that no schema knows: of names, of dependencies, of the content. @param {Record<string, any>} value @param {string} [id] @returns {Problem[]} */
  others(value, id) {
    const all = [...connections(value, this.kind.field, [])];
    const waits = this.waits(all, value);
    const found = [...all.flatMap((each) => this.duplicates(each)), ...all.flatMap((each) => this.dangling(each, value)), ...this.dependencies(waits, value)];
    if (id === undefined && this.nameOf(this.kind.kind, value.id) !== undefined) {
      found.push({ code: "HB202", pointer: ["id"], message: _("ID `%(id)s` is already used", { id: value.id }), hint: _("Use another one") });
    }
    const space = (/** @type {string} */ each) => each.slice(0, each.lastIndexOf("/") + 1);
    const others = this.siblings.get(id) ?? this.names(this.kind.kind).filter(([known]) => known !== id && space(known) === space(id ?? ""));
    this.siblings.set(id, others);
    const named = (/** @type {string} */ kind, /** @type {string} */ name) => quoted(this.nameOf(kind, name) ?? name);
    found.push(...contentProblems(this.kind.rules, { kind: this.kind.kind, value, field: this.kind.field, label: (pointer) => this.label(pointer), others, waits, connections: all, ended: this.ended, named }, this.checks));
    return found;
  }

  /** Returns the items of a list that have the key of an earlier one. @param {Connection} list @returns {Problem[]} */
  duplicates({ value, field: { key = "", items }, pointer }) {
    // Two links can have one address.
    if (!Array.isArray(value) || items?.fields?.[key]?.format === "uri-reference") return [];
    const names = value.map((item) => item?.[key]);
    return names.flatMap((name, at) => (typeof name === "string" && names.indexOf(name) < at ? [this.duplicate([...pointer, at, key], name)] : []));
  }

  /** @param {Pointer} pointer Of the key of an item. @param {string} name @returns {Problem} */
  duplicate(pointer, name) {
    const message = _("%(list)s has two items with %(key)s %(value)s", { key: this.label(pointer), value: shown(name), list: this.label(pointer.slice(0, -2)) });
    return { code: "HB203", pointer, message, hint: _("Rename or remove one of them") };
  }

  /** @param {Connection} reference @param {any} whole @returns {Problem[]} */
  dangling({ value, field: { refs = [] }, pointer }, whole) {
    const [first = ""] = refs;
    if (typeof value !== "string") return [];
    if (first.startsWith("#")) {
      const keys = itemsAt(this.kind.field, whole, first).map(({ name }) => name);
      if (keys.includes(value)) return [];
      const list = this.label(first.slice(1).split("/").flatMap((part, at) => (at ? [0, part] : [part])));
      const hint = keys.length ? _("Choose one from the list") : _("Add it to %(list)s, or remove it here", { list });
      return [{ code: "HB204", pointer, message: _("%(list)s has no item %(value)s", { value: shown(value), list }), hint }];
    }
    // What is hidden from the reader is there all the same.
    if (value === this.kind.hidden || refs.some((kind) => this.nameOf(kind, value) !== undefined)) return [];
    return [{ code: "HB201", pointer, message: _("%(value)s is unknown", { value: shown(value) }), hint: _("Choose one from the list") }];
  }

  /** Returns the items that depend on each other. @param {Connection[]} all @param {any} whole @returns {import("./form_rules.js").Wait[]} */
  waits(all, whole) {
    return all.flatMap(({ value, field, pointer }) => {
      const end = pointer.indexOf(DEPENDS_ON);
      const item = end < 0 || typeof value !== "string" ? undefined : valueAt(whole, pointer.slice(0, end));
      const [reference = ""] = field.refs ?? [];
      return typeof item?.id === "string" && reference.startsWith("#") ? [{ name: item.id, other: value, pointer, reference }] : [];
    });
  }

  /** Returns what is wrong with items that depend on each other. @param {import("./form_rules.js").Wait[]} waits @param {any} whole @returns {Problem[]} */
  dependencies(waits, whole) {
    const seen = /** @type {Map<string, Pointer>} */ (new Map());
    const found = itemsAt(this.kind.field, whole, waits[0]?.reference ?? this.kind.rules.targets).flatMap(({ name, pointer }) => {
      if (!seen.has(name)) seen.set(name, pointer);
      const isElsewhere = JSON.stringify(seen.get(name)?.slice(0, -1)) !== JSON.stringify(pointer.slice(0, -1));
      return isElsewhere ? [this.duplicate([...pointer, "id"], name)] : [];
    });
    for (const circle of circles(waits)) {
      const pointer = waits.findLast(({ name, other }) => name === circle.at(-1) && other === circle[0])?.pointer ?? [];
      const way = [circle.at(-1), ...circle].map((name) => shown(name)).join(" → ");
      found.push({ code: "HB209", pointer, message: _("Circular dependency: %(way)s", { way }), hint: _("Remove one of the dependencies") });
    }
    return found;
  }
}
