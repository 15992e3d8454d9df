import { readFileSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";
import { z } from "zod";

const packageSchema = z.object({ testBuild: z.boolean().optional() });

/**
 * True in the build that `npm run pack -- --e2e` makes for Playwright, which needs the inspector and a debugging port. The mark
 * is in the package.json inside the archive; the product does not have it.
 */
export const isTestBuild = (): boolean => {
  try {
    const text = readFileSync(join(app.getAppPath(), "package.json"), "utf8");
    return packageSchema.parse(JSON.parse(text)).testBuild === true;
  } catch {
    return false;
  }
};
