import fc from "fast-check";
import { z } from "zod";
import type { Random } from "../../helpers/random.ts";
import { nastyString } from "./nasty.ts";

/** What of JSON Schema the contract's schemas become. */
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Values that mean something in the hall under test, by the name of the field that they stand in. */
export type Pool = Readonly<Record<string, readonly unknown[]>>;

const MOST_DEPTH = 8;
const samples = new Map<string, readonly string[]>();

/** A text of a pattern. The samples are the same in each run. */
const matching = (pattern: string, random: Random): string => {
  let list = samples.get(pattern);
  if (!list) {
    try {
      list = fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { seed: 1, numRuns: 40 });
    } catch {
      list = [""]; // a pattern that fast-check cannot turn around: mutation does the rest
    }
    samples.set(pattern, list);
  }
  return random.pick(list);
};

/** Turns a zod schema into a maker of values that fit it, mostly; where names say what is meant, with real ids. */
export const makerOf = (schema: z.ZodType): ((random: Random, pool: Pool) => unknown) => {
  const root = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as JsonSchema;
  return (random, pool) => new Maker(root, random, pool).make(root, "", 0);
};

class Maker {
  constructor(
    private readonly root: JsonSchema,
    private readonly random: Random,
    private readonly pool: Pool,
  ) {}

  make(schema: JsonSchema, name: string, depth: number): unknown {
    const { random } = this;
    const known = this.pool[name];
    if (known !== undefined && known.length > 0 && schema.const === undefined && random.next() < 0.8)
      return random.pick(known);
    if (schema.$ref !== undefined) return this.make(this.resolve(schema.$ref), name, depth + 1);
    if ("const" in schema) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return this.make(random.pick(depth > MOST_DEPTH ? choices.slice(-1) : choices), name, depth + 1);
    if (schema.allOf) {
      const parts = schema.allOf.map((part) => this.make(part, name, depth + 1));
      const last = parts.at(-1);
      return typeof last === "object" && last !== null ? (Object.assign({}, ...parts) as unknown) : last;
    }
    switch (schema.type) {
      case "object":
        return this.object(schema, depth);
      case "array":
        return this.array(schema, name, depth);
      case "string":
        return this.string(schema);
      case "integer":
      case "number":
        return this.number(schema);
      case "boolean":
        return random.next() < 0.5;
      case "null":
        return null;
      default:
        return random.pick([null, 0, "", [], {}, true]);
    }
  }

  private resolve(ref: string): JsonSchema {
    const name = /^#\/\$defs\/(.+)$/.exec(ref)?.[1];
    return name === undefined ? this.root : (this.root.$defs?.[name] ?? {});
  }

  private object(schema: JsonSchema, depth: number): unknown {
    const { random } = this;
    const made: Record<string, unknown> = {};
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      if (schema.required?.includes(key) === true || (depth < MOST_DEPTH && random.next() < 0.5))
        made[key] = this.make(property, key, depth + 1);
    if (typeof schema.additionalProperties === "object" && depth < MOST_DEPTH)
      for (let count = random.between(0, 3); count > 0; count -= 1)
        made[nastyString(random, 12)] = this.make(schema.additionalProperties, "", depth + 1);
    return made;
  }

  private array(schema: JsonSchema, name: string, depth: number): unknown {
    const { random } = this;
    if (schema.prefixItems) return schema.prefixItems.map((item) => this.make(item, "", depth + 1));
    const least = schema.minItems ?? 0;
    const most = Math.max(least, Math.min(schema.maxItems ?? least + 3, least + (depth > MOST_DEPTH ? 0 : 3)));
    const one = name.replace(/s$/, "");
    return Array.from({ length: random.between(least, most) }, () => this.make(schema.items ?? {}, one, depth + 1));
  }

  private string(schema: JsonSchema): string {
    const { random } = this;
    if (schema.pattern !== undefined) return matching(schema.pattern, random);
    const least = schema.minLength ?? 0;
    const most = schema.maxLength ?? 40;
    if (random.next() < 0.05) return "x".repeat(most);
    const text = nastyString(random, Math.min(most, 40));
    return text.length >= least ? text : text.padEnd(least, "1");
  }

  private number(schema: JsonSchema): number {
    const { random } = this;
    const least = schema.minimum ?? -5;
    const most = schema.maximum ?? Math.max(least, 0) + 100;
    if (random.next() < 0.2) return random.pick([least, most, 0, Date.now()]);
    return random.between(Math.ceil(Math.max(least, -1e9)), Math.floor(Math.min(most, 1e9)));
  }
}
