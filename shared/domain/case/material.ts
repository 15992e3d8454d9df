import { z } from "zod";

/** National codes (domain.md, Intake). */
export const necessitySchema = z.union([
  /** Required. */
  z.literal(1),
  /** Optional. */
  z.literal(2),
  /** May follow (容缺). */
  z.literal(3),
]);
export type Necessity = z.infer<typeof necessitySchema>;

/** 1 paper, 2 electronic, 3 either. */
export const materialFormSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);

/** Where it comes from: 10 the applicant, 20 issued by government, 99 other. */
export const materialSourceSchema = z.union([z.literal(10), z.literal(20), z.literal(99)]);

/** What one case wants of a material; a package may want it differently for each of its cases. */
export const caseWishSchema = z.object({
  caseId: z.string().min(1).max(64),
  necessity: necessitySchema,
  form: materialFormSchema,
  copies: z.int().min(0).max(99),
});

/** One line of the list of materials of an intake, asked once whatever number of cases want it. */
export const requirementSchema = z.object({
  /** Stable within the intake. */
  key: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  /** The strictest of its cases' wishes. */
  necessity: necessitySchema,
  form: materialFormSchema,
  source: materialSourceSchema,
  /** Paper copies, 0: none. */
  copies: z.int().min(0).max(99),
  wishes: z.array(caseWishSchema).min(1).max(20),
});
export type Requirement = Readonly<z.infer<typeof requirementSchema>>;

/** 1 paper, 2 upload, 3 scan, 4 to follow, 5 licence library, in the order of the national codes. */
export const materialWays = ["paper", "upload", "scan", "follow", "licence"] as const;
export const materialWaySchema = z.enum(materialWays);

/** A file of a material. No name: names tell of people. */
export const fileRefSchema = z.object({
  /** SHA-256 of its bytes, hex; its address. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1),
  mime: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/),
  pages: z.int().min(1).max(500),
});

/** How a material came in. */
export const receiptSchema = z
  .object({
    way: materialWaySchema,
    /** Paper copies taken. */
    copies: z.int().min(0).max(99),
    /** The original was seen and given back. */
    originalChecked: z.boolean(),
    files: z.array(fileRefSchema).max(50),
    /** Of a licence: the applicant showed the code and thereby agreed, once, for this purpose. */
    authorisation: z
      .object({
        at: z.int().min(0),
        /** Whose licence and which: an encrypted personal record beside the log. */
        recordId: z.string().min(1).max(64),
      })
      .nullable(),
    /** Why it does not do as it is (expired, not legible …); null when it does. Such a material counts as missing. */
    defect: z.string().trim().min(1).max(100).nullable(),
  })
  .refine((receipt) => (receipt.way === "licence") === (receipt.authorisation !== null), {
    path: ["authorisation"],
    message: "a licence needs the applicant's authorisation, and only a licence has one",
  });
export type Receipt = Readonly<z.infer<typeof receiptSchema>>;

export interface IntakeMaterial extends Requirement {
  /** Null: nothing received. */
  readonly receipt: Receipt | null;
  readonly receivedAt: number | null;
}

/** What is wrong with a line of the list: not there, to follow, not as it must be, or too few copies. */
export type LackReason = "missing" | "toFollow" | "defect" | "copies";

export interface MaterialLack {
  readonly key: string;
  readonly name: string;
  readonly necessity: Necessity;
  readonly why: LackReason;
  /** With "defect": what is wrong. */
  readonly defect: string | null;
  /** With "copies": how many more. */
  readonly copies: number;
}

const lackOf = (material: IntakeMaterial): Omit<MaterialLack, "key" | "name" | "necessity"> | null => {
  const { receipt } = material;
  if (receipt === null) return { why: "missing", defect: null, copies: 0 };
  if (receipt.way === "follow") return { why: "toFollow", defect: null, copies: 0 };
  if (receipt.defect !== null) return { why: "defect", defect: receipt.defect, copies: 0 };
  const short = material.copies - receipt.copies;
  if (receipt.way === "paper" && short > 0) return { why: "copies", defect: null, copies: short };
  return null;
};

/** Everything that is still wanted, in the order of the list. Optional materials are never missing. */
export const materialLacks = (materials: readonly IntakeMaterial[]): readonly MaterialLack[] =>
  materials.flatMap((material) => {
    if (material.necessity === 2) return [];
    const lack = lackOf(material);
    return lack === null ? [] : [{ key: material.key, name: material.name, necessity: material.necessity, ...lack }];
  });
