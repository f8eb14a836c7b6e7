/* Checks an entry in the form as `handbook validate` does: by its schema, its references and the names of its items,
   and with the same words. A vector of the tests holds both to the same findings. */

import { coded, lineFits, meantDuration, meantId, oneOf, shown } from "./form_words.js";
import { _, ngettext } from "./language.js";
import { isGroup, isSame } from "./proposal.js";
import { Validator } from "./vendor/json-schema.js";

/**
 * @typedef {import("./proposal.js").Field} Field
 * @typedef {import("./vendor/json-schema.js").Unit} Unit
 * @typedef {(string | number)[]} Pointer
 * @typedef {{pointer: Pointer, message: string, hint: string, missing?: string, meant?: string}} Problem A missing field
 *   is a problem of what it is missing in.
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
 * @property {string[][][]} days The fields with dates that come one after the other.
 */

const RANKS = /** @type {Record<string, number>} */ ({ type: 0, enum: 1, const: 1, minLength: 2, pattern: 2, format: 3 });
const CONDITIONAL = 10;
/** What only says that something inside is wrong. */
const AROUND = new Set(["properties", "patternProperties", "additionalProperties", "items", "prefixItems", "$ref", "allOf", "if", "then", "else", "dependentSchemas", "contains"]);
const UNKNOWN = /^(?:\?+|-|n\/a|na|none|null|not known|open|pending|tba|tbc|tbd|unknown)$/;

/** @param {string} location */
const parts = (location) => location.split("/").slice(1).map((part) => decodeURI(part.replaceAll("%23", "#")).replaceAll("~1", "/").replaceAll("~0", "~"));

/** @param {string} text */
const firstSentence = (text) => lowerFirst((text.split(". ")[0] ?? "").replace(/\.+$/, ""));

/** @param {string} text */
const lowerFirst = (text) => (/^.[\p{Ll} ]/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** @param {any} value */
const saysUnknown = (value) => typeof value === "string" && UNKNOWN.test(value.trim().toLowerCase());

/** Returns the field at a place of an entry. @param {Field | undefined} field @param {Pointer} pointer */
export const fieldAt = (field, pointer) => pointer.reduce((/** @type {Field | undefined} */ at, part) => (typeof part === "number" ? at?.items : at?.fields?.[part]), field);

/** @param {any} value @param {Pointer} pointer */
export const valueAt = (value, pointer) => pointer.reduce((at, part) => at?.[part], value);

export class Checker {
  /**
   * @param {Kind} kind
   * @param {(kind: string) => [string, string][]} names Returns the IDs and names of the entries of a kind.
   */
  constructor(kind, names) {
    this.kind = kind;
    this.names = names;
    this.validator = new Validator(kind.schemas[kind.file], "2020-12", false);
    for (const [name, schema] of Object.entries(kind.schemas)) if (name !== kind.file) this.validator.addSchema(schema, name);
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
      const problem = found.size
        ? { pointer, missing: names[0], message: _("Missing field %(names)s", { names: oneOf(names) }), hint: _("Add %(names)s", { names: oneOf(names.map((name) => name + ": …")) }) }
        : branches.every((branch) => branch.required)
          ? { pointer, message: _("Only one of %(names)s is allowed", { names: oneOf(names) }), hint: _("Remove the others") }
          : { pointer, message: _("%(name)s is ambiguous", { name: nameOf(pointer) }), hint: this.usual(pointer, {}) };
      return [{ rank: 4, problem }];
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
        return [{ pointer, message: _("%(name)s is not allowed here", { name: nameOf(pointer) }), hint: _("Remove it, or change the field it depends on") }];
      case "type":
        return [this.wrongType(value, [limit].flat(), pointer, schema)];
      case "enum":
      case "const":
        return [this.wrongChoice(value, unit.keyword === "enum" ? limit : [limit], pointer)];
      case "pattern":
      case "format":
        return [this.wrongForm(value, unit.keyword, limit, pointer, schema)];
      default:
        return [this.wrongSize(value, unit.keyword, limit, pointer, schema)];
    }
  }

  /** @param {string[]} names @param {Pointer} pointer @returns {Problem[]} */
  missing(names, pointer) {
    const fields = fieldAt(this.kind.field, pointer)?.fields ?? {};
    return names.map((name) => {
      const field = fields[name];
      const choices = field?.choices?.map(([choice]) => choice);
      const what = choices ? ", " + _("one of %(names)s", { names: oneOf(choices) }) : field?.help ? ": " + firstSentence(field.help) : "";
      return { pointer, missing: name, message: _("Missing field %(names)s", { names: coded(name) }), hint: _("Add %(names)s", { names: coded(name + ": …") }) + what };
    });
  }

  /** @param {any} value @param {string[]} wanted @param {Pointer} pointer @param {Record<string, any>} schema @returns {Problem} */
  wrongType(value, wanted, pointer, schema) {
    const types = /** @type {Record<string, string>} */ ({ string: _("text"), integer: _("a whole number"), number: _("a number"), boolean: _("`true` or `false`"), array: _("a list"), object: _("a mapping of fields"), null: _("nothing") });
    const names = wanted.map((name) => types[name] ?? name).join(" " + _("or") + " ");
    if (value === null || value === undefined) return this.problem(value, pointer, schema, _("Missing value%(of)s", { of: of(pointer) }), this.orRemove(_("Add a value"), pointer));
    if (typeof value === "string" && !value.trim()) {
      return this.problem(value, pointer, schema, _("%(name)s must be %(types)s, not empty text", { name: nameOf(pointer), types: names }), this.orRemove(_("Add a value"), pointer));
    }
    const found = typeof value === "string" ? _("the text %(value)s", { value: shown(value) }) : shown(value);
    const example = this.example(pointer, schema);
    const hint = example ? _("Use a value such as %(example)s", { example }) : "";
    return this.problem(value, pointer, schema, _("%(name)s must be %(types)s, not %(value)s", { name: nameOf(pointer), types: names, value: found }), hint);
  }

  /** @param {any} value @param {any[]} choices @param {Pointer} pointer @returns {Problem} */
  wrongChoice(value, choices, pointer) {
    const message = _("Invalid value %(value)s%(of)s", { value: shown(value), of: of(pointer) });
    return this.problem(value, pointer, {}, message, _("Use %(names)s", { names: oneOf(choices) }));
  }

  /** @param {any} value @param {string} keyword @param {any} limit @param {Pointer} pointer @param {Record<string, any>} schema @returns {Problem} */
  wrongForm(value, keyword, limit, pointer, schema) {
    if (typeof value === "string" && !value.trim()) return this.problem(value, pointer, schema, _("Empty value%(of)s", { of: of(pointer) }), this.orRemove(_("Add a value"), pointer));
    const message = _("Invalid format%(of)s: %(value)s", { of: of(pointer), value: shown(value) });
    if (keyword === "format" && limit === "date" && /^\d{4}-\d\d-\d\d$/.test(value)) {
      return this.problem(value, pointer, schema, _("%(value)s is not a valid date", { value: shown(value) }), _("Use a date that exists, in YYYY-MM-DD format"));
    }
    if (keyword !== "pattern") return this.problem(value, pointer, schema, message, this.usual(pointer, schema));
    const fits = (/** @type {string} */ text) => new RegExp(limit, "u").test(text);
    if (value.includes("\n") && lineFits(value, fits)) {
      return this.problem(value, pointer, schema, _("%(name)s must be on one line", { name: nameOf(pointer) }), _("Move it to the line of its name, without `|` or `>`, or put it in quotes"));
    }
    const near = [meantId(value), value.toUpperCase(), value.trim()].find((each) => fits(each))?.slice(0, schema.maxLength ?? value.length) ?? "";
    if (near && fits(near)) return { ...this.problem(value, pointer, schema, message, _("Did you mean `%(value)s`?", { value: near })), meant: near };
    const duration = meantDuration(value);
    if (duration && fits(duration)) return { ...this.problem(value, pointer, schema, message, _("Use `%(value)s`", { value: duration })), meant: duration };
    return this.problem(value, pointer, schema, message, this.usual(pointer, schema));
  }

  /** @param {any} value @param {string} keyword @param {any} limit @param {Pointer} pointer @param {Record<string, any>} schema @returns {Problem} */
  wrongSize(value, keyword, limit, pointer, schema) {
    const size = typeof value === "string" || Array.isArray(value) ? value.length : isGroup(value) ? Object.keys(value).length : 0;
    if (/^min(?:Length|Items|Properties)$/.test(keyword) && !size) {
      const advice = typeof value === "string" ? _("Add a value") : _("Add an item");
      return this.problem(value, pointer, schema, _("Empty value%(of)s", { of: of(pointer) }), this.orRemove(advice, pointer));
    }
    if (keyword === "uniqueItems") {
      const at = value.findIndex((/** @type {any} */ item, /** @type {number} */ index) => value.slice(0, index).some((/** @type {any} */ other) => isSame(item, other)));
      const inside = pointer.length ? " " + _("in `%(list)s`", { list: pointer.at(-1) }) : "";
      return { pointer: [...pointer, at], message: _("Duplicate value %(value)s", { value: shown(value[at]) }) + inside, hint: _("Remove one of them") };
    }
    const [start, end] = [{ name: nameOf(pointer), value: shown(value), limit }, { limit }];
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
      minProperties: [ngettext("%(name)s has %(num)s field, minimum %(limit)s", "%(name)s has %(num)s fields, minimum %(limit)s", size, start), _("Add more")],
      maxProperties: [ngettext("%(name)s has %(num)s field, maximum %(limit)s", "%(name)s has %(num)s fields, maximum %(limit)s", size, start), _("Remove some")],
    });
    const [message, hint] = texts[keyword] ?? [_("%(name)s doesn't match `%(keyword)s` in its schema", { ...start, keyword }), ""];
    return this.problem(value, pointer, schema, message, hint);
  }

  /** @param {any} value @param {Pointer} pointer @param {Record<string, any>} schema @param {string} message @param {string} hint @returns {Problem} */
  problem(value, pointer, schema, message, hint) {
    const isOpen = saysUnknown(value) && this.isOptional(pointer);
    return { pointer, message, hint: isOpen ? _("Remove it until it is known") : hint || this.usual(pointer, schema) || _("See the field reference") };
  }

  /** @param {Pointer} pointer @param {Record<string, any>} schema */
  example(pointer, schema) {
    const examples = schema.examples ?? fieldAt(this.kind.field, pointer)?.examples ?? [];
    const [first] = examples;
    return typeof first === "string" || typeof first === "number" ? shown(first) : "";
  }

  /** Returns the advice to use a value like the example or the description. @param {Pointer} pointer @param {Record<string, any>} schema */
  usual(pointer, schema) {
    const isItem = typeof pointer.at(-1) === "number";
    const places = [fieldAt(this.kind.field, pointer), isItem ? fieldAt(this.kind.field, pointer.slice(0, -1)) : undefined];
    const text = schema.description ?? places.find((field) => field?.help)?.help ?? "";
    const description = lowerFirst(text).replace(/\.+$/, "");
    const example = this.example(pointer, schema);
    const start = example ? _("Use a value such as %(example)s", { example }) : _("Use a valid value");
    return description ? `${start}: ${description}` : example ? start : "";
  }

  /** @param {Pointer} pointer */
  isOptional(pointer) {
    const last = pointer.at(-1);
    return last !== undefined && !(fieldAt(this.kind.field, pointer.slice(0, -1))?.required ?? []).includes(String(last));
  }

  /** @param {string} advice @param {Pointer} pointer */
  orRemove(advice, pointer) {
    return this.isOptional(pointer) ? advice + ", " + _("or remove the line") : advice;
  }

  /** Returns the problems that no schema knows: of names, of the order of dates. @param {Record<string, any>} value @param {string} [id] @returns {Problem[]} */
  others(value, id) {
    /** @type {Problem[]} */
    const found = [];
    this.walk(value, this.kind.field, [], value, found);
    if (id === undefined && this.names(this.kind.kind).some(([known]) => known === value.id)) {
      found.push({ pointer: ["id"], message: _("ID `%(id)s` is already used", { id: value.id }), hint: _("Use another one") });
    }
    for (const order of this.kind.days) {
      const known = order.map((path) => /** @type {[string[], any]} */ ([path, valueAt(value, path)])).filter(([, day]) => /^\d{4}-\d\d-\d\d$/.test(day ?? ""));
      known.slice(1).forEach(([path, later], at) => {
        const [first, earlier] = known[at] ?? [[], ""];
        if (later < earlier) {
          const message = _("Invalid date order: %(later)s is before %(earlier)s, the date of `%(field)s`", { later, earlier, field: first.join(".") });
          found.push({ pointer: path, message, hint: _("Correct one of the two dates") });
        }
      });
    }
    return found;
  }

  /** @param {any} value @param {Field | undefined} field @param {Pointer} pointer @param {any} whole @param {Problem[]} found */
  walk(value, field, pointer, whole, found) {
    if (!field || value === undefined) return;
    if (Array.isArray(value)) {
      const { key, items } = field;
      if (key && items?.fields?.[key]?.format !== "uri-reference") {
        value.forEach((item, at) => {
          const name = item?.[key];
          if (typeof name === "string" && value.slice(0, at).some((other) => other?.[key] === name)) {
            const message = _("Duplicate `%(key)s` %(value)s in `%(list)s`", { key, value: shown(name), list: pointer.at(-1) });
            found.push({ pointer: [...pointer, at, key], message, hint: _("Rename or remove one of them") });
          }
        });
      }
      value.forEach((item, at) => this.walk(item, items, [...pointer, at], whole, found));
    } else if (isGroup(value)) {
      for (const [name, part] of Object.entries(value)) this.walk(part, field.fields?.[name], [...pointer, name], whole, found);
    } else if (typeof value === "string" && field.refs?.length) {
      const problem = this.dangling(value, field.refs, pointer, whole);
      if (problem) found.push(problem);
    }
  }

  /** @param {string} value @param {string[]} refs @param {Pointer} pointer @param {any} whole @returns {Problem | undefined} */
  dangling(value, refs, pointer, whole) {
    const [first = ""] = refs;
    if (first.startsWith("#")) {
      const keys = itemKeys(this.kind.field, whole, first);
      const list = first.slice(1).split("/").at(-1);
      if (keys.includes(value)) return undefined;
      const hint = keys.length && keys.length <= 30 ? _("Use %(names)s", { names: oneOf([...keys].sort()) }) : _("Add it to `%(list)s`, or remove it here", { list });
      return { pointer, message: _("Unknown item %(value)s in `%(list)s`", { value: shown(value), list }), hint };
    }
    const known = refs.flatMap((kind) => this.names(kind));
    // What is hidden from the reader is there all the same.
    if (value === this.kind.hidden || known.some(([id]) => id === value)) return undefined;
    const message = _("Unknown %(what)s %(value)s", { what: refs.join(" " + _("or") + " ").replaceAll("_", " "), value: shown(value) });
    return { pointer, message, hint: _("Choose one from the list") };
  }
}

/** Returns the keys of the items that a reference such as `#steps` can name. @param {Field} field @param {any} value @param {string} reference */
export function itemKeys(field, value, reference) {
  let key = "id";
  /** @type {Field | undefined} */
  let below = field;
  let values = [value];
  for (const part of reference.slice(1).split("/")) {
    below = below?.fields?.[part];
    key = below?.key ?? key;
    below = below?.items;
    values = values.flatMap((each) => (Array.isArray(each?.[part]) ? each[part] : []));
  }
  return values.map((item) => item?.[key]).filter((name) => typeof name === "string");
}

/** Returns a place as the subject of a sentence. @param {Pointer} pointer */
function nameOf(pointer) {
  const field = pointer.findLast((part) => typeof part === "string");
  const last = pointer.at(-1);
  if (field === undefined) return _("The value");
  return typeof last === "number" ? _("Item %(number)s of `%(field)s`", { number: last + 1, field }) : coded(field);
}

/** Returns a field as the tail of a sentence about its value. @param {Pointer} pointer */
function of(pointer) {
  const field = pointer.findLast((part) => typeof part === "string");
  return field === undefined ? "" : " " + _("for `%(field)s`", { field });
}
