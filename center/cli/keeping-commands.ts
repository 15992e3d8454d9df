import { resolve } from "node:path";
import { backUp } from "../backup/backup.ts";
import { checkBackup, restore } from "../backup/restore.ts";
import { describeExport, exportCases } from "../cases/export-cases.ts";
import { loadNodeKey, putNodeKey } from "../identity/personal.ts";
import { verifyLog } from "../log/verify.ts";
import { createLogger } from "../logger.ts";
import { dataDirOf, personalOf, theHall, withHall, type DatabaseCommand } from "./halls.ts";
import { need, readSecret, say, UsageError } from "./usage.ts";

const readPassphrase = async (): Promise<string> => {
  const passphrase = await readSecret("SERVICE_HALL_PASSPHRASE");
  if (passphrase.length < 12) throw new UsageError("The passphrase needs twelve characters or more.");
  return passphrase;
};

/** What is kept: backups, the chain of the log, what other systems get. */
export const keepingCommands: Readonly<Record<string, DatabaseCommand>> = {
  backup: async (database, values, file) => {
    if (file === undefined) throw new UsageError("backup needs a file to write");
    const passphrase = await readPassphrase();
    const nodeKey = await loadNodeKey(dataDirOf(values), process.env["SERVICE_HALL_KEY"]);
    const { halls } = await backUp({ databaseUrl: database.url, nodeKey, file: resolve(file), passphrase }, Date.now());
    say(JSON.stringify({ file: resolve(file), halls }));
    return 0;
  },
  restore: async (database, values, file) => {
    if (file === undefined) throw new UsageError("restore needs the file of a backup");
    const passphrase = await readPassphrase();
    const given = process.env["SERVICE_HALL_KEY"];
    const { nodeKey } = await checkBackup(resolve(file), passphrase);
    if (!(await putNodeKey(dataDirOf(values), given, Buffer.from(nodeKey, "hex"))))
      throw new UsageError("This data folder, or SERVICE_HALL_KEY, has another key than the backup.");
    const log = createLogger(process.env["SERVICE_HALL_LOG"] ?? "warn");
    const { at, halls } = await restore({ databaseUrl: database.url, file: resolve(file), passphrase }, log);
    const verdicts = await Promise.all(
      halls.map(async ({ hallId }) => ({ hallId, ...(await verifyLog(database, hallId)) })),
    );
    const isSound = verdicts.every(({ faults }) => faults.length === 0);
    say(JSON.stringify({ ok: isSound, from: new Date(at).toISOString(), halls: verdicts }));
    return isSound ? 0 : 1;
  },
  "verify-log": async (database, values) => {
    const hallId = await theHall(database, values);
    const verdict = await verifyLog(database, hallId);
    say(JSON.stringify({ hallId, ok: verdict.faults.length === 0, ...verdict }));
    return verdict.faults.length === 0 ? 0 : 1;
  },
  "export-cases": async (database, values) => {
    const hallId = await theHall(database, values);
    const personal = await personalOf(values);
    const report = await withHall(database, values, hallId, ({ hall }) =>
      exportCases({ database, personal, hall }, resolve(need(values, "out"))),
    );
    say(values.json ? JSON.stringify(report) : describeExport(report));
    return report.problems.length === 0 ? 0 : 1;
  },
};
