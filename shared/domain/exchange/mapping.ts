import { z } from "zod";
import fieldsFile from "./national-fields.json" with { type: "json" };
import defaultMapping from "./national-mapping.json" with { type: "json" };

/** The tables of the national platform that cases are exported to (data). */
export const exchangeTables = [
  "up_pro_accept",
  "up_pro_process",
  "up_pro_result",
  "up_pro_special_procedure",
  "up_pro_material",
] as const;
export type ExchangeTable = (typeof exchangeTables)[number];

export interface ExchangeField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly comment: string;
}

/** The fields of a table, in the order of the national list. */
export const exchangeFields = (table: ExchangeTable): readonly ExchangeField[] => fieldsFile.tables[table].fields;

/** What a table's rows are made from: each case, and for three of them each entry of a list of it. */
export const sourcesOf: Readonly<Record<ExchangeTable, readonly string[]>> = (() => {
  const ofCase = [
    "case.id",
    "case.number",
    "case.platformNo",
    "case.itemName",
    "case.itemCode",
    "case.taskCode",
    "case.baseCode",
    "case.handleItem",
    "case.kind",
    "case.department",
    "case.departmentCode",
    "case.onTheSpot",
    "case.receivedAt",
    "case.acceptedAt",
    "case.promisedAt",
    "case.acceptanceNo",
    "case.decidedAt",
    "case.outcome",
    "case.resultName",
    "case.resultNo",
    "case.note",
    "case.byCourier",
    "applicant.name",
    "applicant.kind",
    "applicant.idType",
    "applicant.idNo",
    "applicant.phone",
    "applicant.address",
    "applicant.representative",
    "agent.name",
    "agent.idType",
    "agent.idNo",
    "agent.phone",
    "clerk.name",
  ];
  return {
    up_pro_accept: ofCase,
    up_pro_process: [...ofCase, "step.name", "step.kind", "step.from", "step.to"],
    up_pro_result: ofCase,
    up_pro_special_procedure: [
      ...ofCase,
      "procedure.kind",
      "procedure.name",
      "procedure.reason",
      "procedure.from",
      "procedure.to",
      "procedure.result",
    ],
    up_pro_material: [...ofCase, "material.name", "material.way", "material.copies"],
  };
})();

const sourceSchema = z.union([
  /** The same for every row. */
  z.strictObject({ value: z.string().max(200) }),
  /** A fact; `codes` names the table that turns it into a code; `or` is taken when there is none. */
  z.strictObject({ from: z.string(), codes: z.string().optional(), or: z.string().max(200).optional() }),
]);

const mappingShape = z.strictObject({
  /** Code tables: what the hall writes → what the platform wants; they differ from province to province. */
  codes: z.record(z.string().max(40), z.record(z.string().max(60), z.string().max(60))),
  tables: z.partialRecord(z.enum(exchangeTables), z.record(z.string().max(60), sourceSchema)),
});

/**
 * How cases become rows of the national exchange tables, as data of the local plan. Refused with a sentence when it names
 * a field, a fact or a code table that there is none of, or leaves a required field without a source.
 */
export const exchangeMappingSchema = mappingShape.superRefine((mapping, context) => {
  for (const table of exchangeTables) {
    const given = mapping.tables[table];
    if (given === undefined) continue;
    const fields = exchangeFields(table);
    const complain = (field: string, message: string): void =>
      context.addIssue({ code: "custom", path: ["tables", table, field], message });
    for (const [field, source] of Object.entries(given)) {
      if (!fields.some(({ name }) => name === field)) complain(field, `the table ${table} has no such field`);
      if (!("from" in source)) continue;
      if (!sourcesOf[table].includes(source.from))
        complain(field, `"${source.from}" is no fact; there is ${sourcesOf[table].join(", ")}`);
      if (source.codes !== undefined && !Object.hasOwn(mapping.codes, source.codes))
        complain(field, `there is no code table "${source.codes}"`);
    }
    for (const { name, required, comment } of fields)
      if (required && !Object.hasOwn(given, name)) complain(name, `${comment} is required and has no source`);
  }
});
export type ExchangeMapping = Readonly<z.infer<typeof exchangeMappingSchema>>;

/** The mapping that comes with the program. @throws when it is broken: a fault of the program */
export const builtInMapping = (): ExchangeMapping => exchangeMappingSchema.parse(defaultMapping);
