import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { wrap } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/**
 * Runs the program with what V8 made of it when it was built (scripts/lib/code-cache.mjs): compiling it again at each start is twenty milliseconds without
 * a window. What was made of another program, by another V8 or for another system is left alone; then, and where there is none, it is compiled as ever.
 */
const program = join(__dirname, "program.cjs");
const text = readFileSync(program);

/** V8 itself looks at the length of a program only, so what was made carries in front what it was made of. */
const madeOf = createHash("sha256")
  .update(`${process.versions.v8} ${process.platform} ${process.arch}\n`)
  .update(text)
  .digest();

const findCompiled = (): Buffer | undefined => {
  try {
    const file = readFileSync(join(__dirname, "program.v8"));
    return madeOf.equals(file.subarray(0, madeOf.length)) ? file.subarray(madeOf.length) : undefined;
  } catch {
    return undefined;
  }
};

type Wrapped = (exports: unknown, require: NodeJS.Require, module: NodeJS.Module, file: string, folder: string) => void;

const script = new Script(wrap(text.toString()), { filename: program, cachedData: findCompiled() });
module.exports = { isPrecompiled: script.cachedDataRejected === false };
(script.runInThisContext() as Wrapped)(exports, require, module, program, __dirname);
