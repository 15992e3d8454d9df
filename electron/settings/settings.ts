import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import ElectronStore from "electron-store";
import { z } from "zod";
import { newSettings, settingsSchema, type Settings } from "./settings-schema.ts";
import { changeStored, readStored } from "./stored-settings.ts";

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
  /** Settings whose stored values a later version wrote; their defaults are used. */
  readonly notUnderstood: readonly string[];
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
  readStored(JSON.parse(text));
};

const openStore = (folder: string) => {
  refuseWrongFile(folder);
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: folder,
    name: NAME,
    // Without `schema`: what is read and what is written goes through settingsSchema here, and the store's own validator would
    // have to be loaded before the first window (scripts/build.mjs leaves it out).
    defaults: { ...newSettings },
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
  return { store, ...readStored(store.store) };
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
  const { store, notUnderstood } = opened;
  let { settings } = opened;
  return {
    setAside,
    notUnderstood,
    store: {
      file: store.path,
      get: () => settings,
      update(change) {
        const next = settingsSchema.parse({ ...settings, ...change });
        store.store = changeStored(store.store, settings, next);
        settings = next;
      },
    },
  };
};
