import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import ElectronStore from "electron-store";
import { z } from "zod";
import {
  counterDisplaySettingsSchema,
  documentPrinterSettingsSchema,
  idReaderSettingsSchema,
  printerSettingsSchema,
} from "../../shared/contract/ipc.ts";
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

const settingsSchema = z.object({
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

const DEFAULTS: Settings = {
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

export interface SettingsStore {
  readonly file: string;
  get(): Settings;
  /** Written to disk (atomically, synced) before it returns. */
  update(change: Partial<Settings>): void;
}

export interface OpenedSettings {
  readonly store: SettingsStore;
  /** Where a settings file that could not be read was moved, and why. */
  readonly setAside: { readonly file: string; readonly reason: string } | null;
}

const NAME = "settings";

/**
 * Throws for a file that does not fit, before electron-store has touched it: it would write its defaults into it. It also takes an
 * empty file for no settings; after a cut power supply that is a lost enrolment, which must be said.
 */
const refuseWrongFile = (folder: string): void => {
  let text: string;
  try {
    text = readFileSync(join(folder, `${NAME}.json`), "utf8");
  } catch {
    return;
  }
  settingsSchema.partial().parse(JSON.parse(text));
};

const openStore = (folder: string): { store: ElectronStore<Settings>; settings: Settings } => {
  refuseWrongFile(folder);
  const store = new ElectronStore<Settings>({
    cwd: folder,
    name: NAME,
    // Without `schema`: what is read and what is written goes through settingsSchema here, and the store's own validator would
    // have to be loaded before the first window (scripts/build.mjs leaves it out).
    defaults: DEFAULTS,
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
  return { store, settings: settingsSchema.parse(store.store) };
};

/** Moves the settings out of the way, to be looked at by a person. Returns the new file. */
export const setSettingsAside = (folder: string, suffix: string, now = Date.now()): string => {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, "-");
  const target = join(folder, `${NAME}.json.${suffix}-${stamp}`);
  renameSync(join(folder, `${NAME}.json`), target);
  return target;
};

/** Opens the settings of a terminal. A file that is broken is set aside; the terminal then starts as a new one. */
export const openSettings = (folder: string): OpenedSettings => {
  let opened: ReturnType<typeof openStore>;
  let setAside: OpenedSettings["setAside"] = null;
  try {
    opened = openStore(folder);
  } catch (error) {
    const reason = error instanceof z.ZodError || error instanceof SyntaxError ? error.name : String(error);
    setAside = { file: setSettingsAside(folder, "broken"), reason: reason.slice(0, 200) };
    opened = openStore(folder);
  }
  const { store } = opened;
  let { settings } = opened;
  return {
    setAside,
    store: {
      file: store.path,
      get: () => settings,
      update(change) {
        const next = settingsSchema.parse({ ...settings, ...change });
        store.store = next;
        settings = next;
      },
    },
  };
};
