import { existsSync } from "node:fs";
import { chromium, type Browser } from "@playwright/test";

/** A browser of the system, where there is one (CHROMIUM names it): the program's own lets no foreign page in. */
export const findBrowser = (): string | undefined =>
  [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path !== undefined && existsSync(path),
  );

/** @param executable as `findBrowser` gives it */
export const launchBrowser = (executable: string): Promise<Browser> =>
  chromium.launch({ executablePath: executable, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
