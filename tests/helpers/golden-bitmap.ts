import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { decodePng, encodePng, type Bitmap } from "./png.ts";

const wrongDots = (a: Bitmap, b: Bitmap): number =>
  a.dots.reduce((sum, dot, at) => sum + (dot === b.dots[at] ? 0 : 1), 0);

/**
 * Compares a picture dot by dot with a golden one. With WRITE_GOLDEN=1 it becomes the golden one: look at it before you keep it.
 * @throws when a dot differs; what came out is kept in the system's temporary folder
 */
export const expectGolden = (drawn: Bitmap, file: URL): void => {
  if (process.env["WRITE_GOLDEN"] === "1") writeFileSync(file, encodePng(drawn));
  const golden = decodePng(readFileSync(file));
  const isSameSize = golden.width === drawn.width && golden.height === drawn.height;
  if (isSameSize && wrongDots(golden, drawn) === 0) return;
  const kept = join(tmpdir(), basename(file.pathname));
  writeFileSync(kept, encodePng(drawn));
  throw new Error(
    isSameSize
      ? `${String(wrongDots(golden, drawn))} dots differ from ${file.pathname}; drawn: ${kept}`
      : `${String(drawn.width)}×${String(drawn.height)} instead of ${String(golden.width)}×${String(golden.height)}; drawn: ${kept}`,
  );
};
