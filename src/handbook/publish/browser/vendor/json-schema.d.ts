/* Only what `form_check.js` uses. */
export interface Unit { keyword: string; keywordLocation: string; instanceLocation: string; error: string }
export class Validator {
  constructor(schema: object, draft: "2020-12", shortCircuit: boolean);
  addSchema(schema: object, id?: string): void;
  validate(value: unknown): { valid: boolean; errors: Unit[] };
}
