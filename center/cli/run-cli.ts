import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { claimDataDir } from "../data-dir-lock.ts";
import { Database } from "../db/database.ts";
import { findRunningDatabase } from "../db/running.ts";
import { createLogger } from "../logger.ts";
import { catalogueCommands, importCatalogueFile } from "./catalogue-commands.ts";
import { dataDirOf, type DatabaseCommand } from "./halls.ts";
import { keepingCommands } from "./keeping-commands.ts";
import { HELP, parse } from "./options.ts";
import { importCalendar, planCommands, readPlan } from "./plan-commands.ts";
import { releaseCommands, signRelease } from "./release-commands.ts";
import { rightsCommands } from "./rights-commands.ts";
import { serve } from "./serve.ts";
import { need, readJson, say, UsageError } from "./usage.ts";

const COMMANDS: Readonly<Record<string, DatabaseCommand>> = {
  ...planCommands,
  ...catalogueCommands,
  ...rightsCommands,
  ...keepingCommands,
  ...releaseCommands,
};

/** Runs the command line. @returns the exit code: 0 done, 1 failed, 2 not understood */
export const runCli = async (argv: readonly string[]): Promise<number> => {
  try {
    const { values, positionals } = parse(argv);
    const [name, file] = positionals;
    if (values.help || name === undefined) {
      process.stdout.write(HELP);
      return values.help ? 0 : 2;
    }
    const dataDir = dataDirOf(values);
    const databaseUrl = process.env["DATABASE_URL"];
    if (name === "serve") return await serve(values, { dataDir, databaseUrl });
    if (name === "check-plan") {
      const plan = readPlan(await readJson(need(values, "plan")));
      say(`Nothing is wrong with the plan of ${plan.name}.`);
      return 0;
    }
    if (name === "import-calendar") {
      if (file === undefined) throw new UsageError("import-calendar needs a file");
      return await importCalendar(resolve(file), resolve(need(values, "plan")));
    }
    if (name === "sign-release") return await signRelease(values, file);
    const command = COMMANDS[name];
    if (!command) throw new UsageError(`There is no command "${name}"; --help lists them.`);
    if (name === "import-catalogue" && values["dry-run"]) {
      if (file === undefined) throw new UsageError("--dry-run needs a file");
      return await importCatalogueFile(null, values, file);
    }
    const log = createLogger(process.env["SERVICE_HALL_LOG"] ?? "warn");
    const url = databaseUrl ?? (await findRunningDatabase(dataDir));
    await mkdir(dataDir, { recursive: true });
    const release = url === undefined ? await claimDataDir(dataDir) : undefined;
    try {
      const database = await Database.open({ url, dataDir, log });
      try {
        return await command(database, values, file);
      } finally {
        await database.close();
      }
    } finally {
      await release?.();
    }
  } catch (error) {
    const usage = error instanceof UsageError || (error as { code?: unknown }).code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
    process.stderr.write(`${(error as Error).message}\n`);
    return usage ? 2 : 1;
  }
};
