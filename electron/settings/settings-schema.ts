import { z } from "zod";
import {
  counterDisplaySettingsSchema,
  documentPrinterSettingsSchema,
  idReaderSettingsSchema,
  printerSettingsSchema,
} from "../../shared/contract/device-settings.ts";
import { plainScreen, screenSettingsSchema } from "../../shared/contract/screen-settings.ts";
import { terminalRoleSchema } from "../../shared/domain/identity/roles.ts";

/** A secret as it rests on disk: sealed by the system's key store, or plain where there is none (see secrets.ts). */
const sealedSchema = z.object({ by: z.enum(["safeStorage", "nothing"]), data: z.string().max(4000) });
export type Sealed = z.infer<typeof sealedSchema>;

const enrolmentSchema = z.object({
  nodeUrl: z.string().max(300),
  hallId: z.string().max(64),
  hallName: z.string().max(200),
  terminalName: z.string().max(60),
  role: terminalRoleSchema,
  counterId: z.string().max(64).nullable(),
  /** What it was enrolled for, where the hall has made another screen of it since; its shortcut may still say that. */
  enrolledAs: terminalRoleSchema.nullable().default(null),
  deviceId: z.string().max(64),
  /** What proves this computer to the node, the applicant's screen too; null: made at the next start. */
  key: sealedSchema.nullable().default(null),
  /** Of a terminal that was enrolled before there were keys; kept for a node that is put back to before it had the key. */
  secret: sealedSchema.nullable(),
  /** The only authority that may vouch for the node (PEM); null: whomever the system believes. */
  authority: z.string().max(4000).nullable().default(null),
  /** The applicant's screen of a window terminal is a device of its own. */
  review: z.object({ deviceId: z.string().max(64), secret: sealedSchema.nullable() }).nullable(),
});
export type Enrolment = z.infer<typeof enrolmentSchema>;

/** The settings file of a terminal. */
export const settingsSchema = z.object({
  version: z.literal(1),
  language: z.enum(["zh-CN", "en"]),
  printer: printerSettingsSchema,
  documentPrinter: documentPrinterSettingsSchema,
  idReader: idReaderSettingsSchema,
  counterDisplay: counterDisplaySettingsSchema,
  screen: screenSettingsSchema,
  dataKey: sealedSchema.nullable(),
  enrolment: enrolmentSchema.nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Of a terminal that belongs to no hall yet. */
export const newSettings: Settings = {
  version: 1,
  language: "zh-CN",
  printer: printerSettingsSchema.parse({ kind: "none", host: "127.0.0.1", port: 9100 }),
  documentPrinter: { kind: "system", name: "" },
  idReader: { port: null },
  counterDisplay: { kind: "none", host: "127.0.0.1", port: 4001, cells: 8 },
  screen: plainScreen,
  dataKey: null,
  enrolment: null,
};
