import { z } from "zod";
import delivered from "./ledgers.json" with { type: "json" };
import { ledgerDefinitionSchema, type LedgerDefinition } from "./definition.ts";

/** The hall's own ledgers; one with the id of a delivered ledger takes its place, `withoutDelivered` leaves those out. */
export const ownLedgersSchema = z
  .strictObject({
    own: z.array(ledgerDefinitionSchema).max(40).default([]),
    withoutDelivered: z.array(z.string()).max(20).default([]),
  })
  .superRefine(({ own }, context) => {
    const twice = own.findIndex(({ id }, index) => own.findIndex((other) => other.id === id) < index);
    if (twice >= 0)
      context.addIssue({ code: "custom", path: ["own", twice, "id"], message: "this ledger is there twice" });
    const prefixes = own.map(({ prefix }) => prefix);
    const again = prefixes.findIndex((prefix, index) => prefixes.indexOf(prefix) < index);
    if (again >= 0)
      context.addIssue({
        code: "custom",
        path: ["own", again, "prefix"],
        message: "two ledgers number their entries alike",
      });
  });
export type OwnLedgers = Readonly<z.infer<typeof ownLedgersSchema>>;

const byId = (ledgers: readonly LedgerDefinition[]): ReadonlyMap<string, LedgerDefinition> =>
  new Map(ledgers.map((each) => [each.id, each]));

let read: ReadonlyMap<string, LedgerDefinition> | undefined;

/** The ledgers that come with the program (domain.md, "Ledgers"), by id. Read when first asked for: most screens never ask. */
export const deliveredLedgers = (): ReadonlyMap<string, LedgerDefinition> =>
  (read ??= byId(z.array(ledgerDefinitionSchema).parse(delivered)));

const known = new WeakMap<OwnLedgers, ReadonlyMap<string, LedgerDefinition>>();

/** The ledgers of a hall by id: the delivered ones, with the plan's own in their place or after them. */
export const ledgersOf = (
  plan: { readonly ledgers?: OwnLedgers | undefined } | null,
): ReadonlyMap<string, LedgerDefinition> => {
  const own = plan?.ledgers;
  if (own === undefined) return deliveredLedgers();
  let ledgers = known.get(own);
  if (!ledgers) {
    const kept = [...deliveredLedgers().values()].filter(({ id }) => !own.withoutDelivered.includes(id));
    ledgers = byId([...kept, ...own.own]);
    known.set(own, ledgers);
  }
  return ledgers;
};
