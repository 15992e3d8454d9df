import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { backUp } from "../backup/backup.ts";
import { checkBackup, restore } from "../backup/restore.ts";
import { describeExport, exportCases } from "../cases/export-cases.ts";
import type { Database } from "../db/database.ts";
import { loadNodeKey, PersonalBox, putNodeKey, readNodeKey } from "../identity/personal.ts";
import { describeVerdict, isSound } from "../log/describe-verdict.ts";
import { findHead } from "../log/store.ts";
import { verifyLog } from "../log/verify.ts";
import { compareWithCity, describeComparison } from "../relay/compare-with-city.ts";
import { readDisputes } from "../relay/disputes.ts";
import { HeadSealer } from "../relay/head-seal.ts";
import { proveHistory } from "../relay/prove-history.ts";
import { createLogger } from "../logger.ts";
import { dataDirOf, personalOf, theHall, withHall, type DatabaseCommand } from "./halls.ts";
import type { Values } from "./options.ts";
import { need, readSecret, say, UsageError } from "./usage.ts";

const readPassphrase = async (): Promise<string> => {
  const passphrase = await readSecret("SERVICE_HALL_PASSPHRASE");
  if (passphrase.length < 12) throw new UsageError("The passphrase needs twelve characters or more.");
  return passphrase;
};

/** What a hall signs its heads with; null at a city, and where the node's key is not at hand. */
const readSigningKey = async (database: Database, values: Values, hallId: string): Promise<string | null> => {
  const { rowCount } = await database.query("SELECT 1 FROM halls WHERE hall_id = $1 AND homed", [hallId]);
  const key = rowCount === 1 ? await readNodeKey(dataDirOf(values), process.env["SERVICE_HALL_KEY"]) : null;
  return key && new HeadSealer(new PersonalBox(key), hallId).publicKey;
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
    const isWhole = verdicts.every(({ faults }) => faults.length === 0);
    say(JSON.stringify({ ok: isWhole, from: new Date(at).toISOString(), halls: verdicts }));
    return isWhole ? 0 : 1;
  },
  "verify-log": async (database, values) => {
    const hallId = await theHall(database, values);
    const verdict = await verifyLog(database, hallId);
    const disputes = await readDisputes(database, hallId);
    const key = values["city-key"] ?? process.env["SERVICE_HALL_CITY_KEY"];
    const city = values.city === undefined ? null : { url: values.city, key: key ?? need(values, "city-key") };
    const compared = city && (await compareWithCity(database, hallId, city));
    const head = (await findHead(database, hallId))?.seq ?? 0;
    const ok = isSound(verdict, disputes) && (compared === null || compared.common === compared.cityHead);
    const says = [...describeVerdict(verdict, disputes), ...(compared ? [describeComparison(compared, head)] : [])];
    const publicKey = await readSigningKey(database, values, hallId);
    say(JSON.stringify({ hallId, ok, ...verdict, disputes, compared, publicKey, says }));
    return ok ? 0 : 1;
  },
  "prove-history": async (database, values) => {
    const hallId = await theHall(database, values);
    const file = resolve(need(values, "out"));
    const proof = await proveHistory(database, hallId, Date.now());
    await writeFile(file, JSON.stringify(proof));
    say(JSON.stringify({ hallId, file, heads: proof.heads.length, disputes: proof.disputes.length }));
    return 0;
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
