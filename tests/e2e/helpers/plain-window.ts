import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { _electron, type Page } from "@playwright/test";
import { cleanEnv } from "./electron.ts";

const ROOT = join(import.meta.dirname, "../../..");

interface ElectronScripts {
  prepareElectronApp(folder: string): Promise<string>;
  electronArgs(): string[];
}

export interface PlainWindow {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** A window of the product's own browser that goes to any address: a phone, or a place for previews. */
export const openPlainWindow = async (): Promise<PlainWindow> => {
  const folder = mkdtempSync(join(tmpdir(), "service-hall-window-"));
  const scripts = (await import(pathToFileURL(join(ROOT, "scripts/lib/electron.mjs")).href)) as ElectronScripts;
  const app = await _electron.launch({
    executablePath: await scripts.prepareElectronApp(join(ROOT, "tests/preview/window")),
    args: scripts.electronArgs(),
    env: cleanEnv({ PREVIEW_USER_DATA: folder }),
  });
  const page = await app.firstWindow();
  return {
    page,
    close: async () => {
      await app.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
