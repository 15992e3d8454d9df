import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { migrate } from "../../../center/db/migrate.ts";
import { migrations } from "../../../center/db/migrations/index.ts";
import { verifyLog } from "../../../center/log/verify.ts";
import { createLogger } from "../../../center/logger.ts";
import { toSnapshot, type HallState } from "../../../shared/domain/hall/state.ts";
import { stateDigest } from "../../../shared/domain/hall/digest.ts";
import { visibleState } from "../../../shared/domain/hall/visible.ts";
import { makeDataDir, startCenter, type TestCenter } from "../../helpers/center.ts";
import { TestMachine } from "../../helpers/test-environment.ts";
import { eventually, startTerminal } from "../../helpers/test-terminal.ts";
import { fillDatabase } from "./database-image.ts";
import { clockFrom, liveADay, TOLD, WORDS, type HallImage, type TerminalImage } from "./lived-day.ts";
import { shapeOf, writeMachine } from "./machine-image.ts";

/*
 * Halls as versions of the program left them in the middle of a day: the node's tables, and the disks of a kiosk and a review screen with acts that the node
 * has not had (F31). Each image was made by the code of its time. Today's program takes them over: nothing of the log changes, its read tables tell what it
 * tells, and what waits arrives once.
 *
 * An image is never made anew. Whoever adds a migration, or changes the terminals' databases, adds one of the new schema:
 *   WRITE_GOLDEN=upgrade npx vitest run tests/golden/upgrade
 */
const HOUR_MS = 3_600_000;
const FOLDER = new URL("./", import.meta.url);
const log = createLogger("silent");

/** Of one schema there may be several: a later one beside it holds more. */
const nameOf = (count: number): string => {
  const number = String(count).padStart(2, "0");
  const letter = ["", ..."bcdefgh"].find((each) => !existsSync(new URL(`${number}${each}.json.gz`, FOLDER)));
  return `${number}${letter ?? ""}.json.gz`;
};
const sumOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
const sums = (): Record<string, string> =>
  Object.fromEntries(migrations.map(({ id, sql }) => [String(id), sumOf(sql)]));
const sumsFile = new URL("migrations.json", FOLDER);

if (process.env["WRITE_GOLDEN"] === "upgrade") {
  const image = JSON.stringify(await liveADay());
  writeFileSync(new URL(nameOf(migrations.length), FOLDER), gzipSync(image, { level: 9 }), { flag: "wx" });
  writeFileSync(sumsFile, `${JSON.stringify(sums(), null, 1)}\n`);
}

const images = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json.gz"))
  .sort()
  .map((name) => {
    const image = JSON.parse(gunzipSync(readFileSync(new URL(name, FOLDER))).toString("utf8")) as HallImage;
    const last = Math.max(...image.node.migrations);
    const title = `${String(image.node.migrations.length)} migrations, the last ${String(last)} (${name})`;
    return { title, name: name.replace(".json.gz", ""), image };
  });
const newest = images.at(-1)?.image;

let server: TestCenter;
beforeAll(async () => {
  server = await startCenter({ ownServer: true });
});
afterAll(() => server.stop());

/** A database as the image's version had it. */
const databaseOf = async ({ node }: HallImage, image: string): Promise<string> => {
  const owner = new pg.Client({ connectionString: server.databaseUrl });
  await owner.connect();
  const name = `of_${image}`;
  await owner.query(`CREATE DATABASE ${name}`);
  await owner.end();
  const url = new URL(server.databaseUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  const known = new Set(node.migrations);
  await migrate(
    client,
    log,
    migrations.filter(({ id }) => known.has(id)),
  );
  await fillDatabase(client, node);
  await client.end();
  return url.toString();
};

/** Today's program on the disk of the one before. */
const openTerminal = async (image: TerminalImage, nodeUrl: string, ahead: number) => {
  const { role, deviceId, secret, counterId } = image;
  const machine = new TestMachine();
  machine.wallError = ahead;
  await writeMachine(machine, image.machine);
  const terminal = await startTerminal({
    machine,
    role,
    deviceId,
    secret,
    nodeUrl,
    ...(counterId === null ? {} : { counterId }),
    appVersion: "99.0.0",
  });
  expect(terminal.connection.get().outbox).toBe(image.waiting);
  return { image, terminal };
};

type Taken = Awaited<ReturnType<typeof openTerminal>>;

/** What people were told of before the update is in the log, each once; what lay sealed can be read by whom it is for. */
const arrived = async ({ context }: TestCenter, hallId: string, { image, terminal }: Taken): Promise<void> => {
  const { rows } = await context.database.query<{ id: string; type: string }>(
    "SELECT command_id::text AS id, type FROM events WHERE hall_id = $1 AND command_id::text = ANY ($2)",
    [hallId, image.confirmed],
  );
  expect([...new Set(rows.map(({ id }) => id))].sort()).toEqual([...image.confirmed].sort());
  expect(rows.map(({ type }) => type).sort()).toEqual(TOLD[image.role]);
  expect(terminal.notices.get().filter(({ kind }) => kind !== "refusal")).toEqual([]);
  if (image.role !== "review") return;
  expect(await terminal.readDraft("half")).toEqual({ words: WORDS });
  const words = await context.database.query<{ box: Buffer }>("SELECT box FROM personal WHERE id = 'words-1'");
  const box = words.rows[0]?.box ?? Buffer.of();
  expect(context.personal.open(hallId, { id: "words-1", kind: "reviewText" }, box)).toBe(WORDS);
};

/** The read tables tell what the log tells. */
const ticketsAgree = async ({ context }: TestCenter, hallId: string, state: HallState): Promise<void> => {
  const { database } = context;
  const taken = await database.query("SELECT 1 FROM events WHERE hall_id = $1 AND type = 'TicketTaken'", [hallId]);
  expect(taken.rowCount).toBe(state.tickets.size);
  const { rows } = await database.query<{ ticket_id: string; number: string; state: string }>(
    "SELECT ticket_id, number, state FROM tickets WHERE hall_id = $1",
    [hallId],
  );
  const inTable = rows.map(({ ticket_id, ...rest }) => [ticket_id, rest.number, rest.state].join(" "));
  expect(inTable.sort()).toEqual(
    [...state.tickets.values()].map(({ id, number, state }) => [id, number, state].join(" ")).sort(),
  );
};

describe.each(images)("a hall with $title", ({ image, name }) => {
  it("is taken over: the log is as it was, its read tables tell it, and what waited arrives once (F31)", async () => {
    const { clock, ahead } = clockFrom(image.at + HOUR_MS);
    const dataDir = await makeDataDir();
    await writeFile(join(dataDir, "node-key"), image.nodeKey, { mode: 0o600 });
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const center = await startCenter({ dataDir, databaseUrl: await databaseOf(image, name), clock, plan: undefined });
    onTestFinished(() => center.stop());
    const { database, halls } = center.context;
    const { hallId } = image;
    expect(center.hallId).toBe(hallId);
    const { hall } = await halls.get(hallId);
    expect(JSON.parse(JSON.stringify(toSnapshot(hall.state)))).toMatchObject(image.snapshot);
    const place = [hallId, image.head.seq];
    const head = await database.query("SELECT hash FROM events WHERE hall_id = $1 AND seq = $2", place);
    expect(head.rows).toEqual([{ hash: image.head.hash }]);

    const terminals: Taken[] = [];
    onTestFinished(async () => {
      for (const { terminal } of terminals) await terminal.close();
    });
    for (const each of image.terminals) terminals.push(await openTerminal(each, center.url, ahead));
    const isSettled = ({ image: { role, deviceId, counterId }, terminal }: Taken): boolean =>
      terminal.connection.get().outbox === 0 &&
      stateDigest(terminal.hall.get()) === stateDigest(visibleState(hall.state, { role, deviceId, counterId }));
    await eventually(() => terminals.every(isSettled), "everything sent, and the same in all places", 30_000);

    for (const each of terminals) await arrived(center, hallId, each);
    await ticketsAgree(center, hallId, hall.state);
    expect(await verifyLog(database, hallId)).toEqual({ events: hall.head.seq, faults: [] });
  }, 60_000);
});

/** Without the ids of the terminals, which are new in each. */
const nameless = (machine: TerminalImage["machine"]): TerminalImage["machine"] => ({
  ...machine,
  databases: machine.databases.map((each) => ({ ...each, name: each.name.replace(/-[0-9a-f]{8}-.*$/, "") })),
});

describe("the images stay complete", () => {
  const how = "make one: WRITE_GOLDEN=upgrade npx vitest run tests/golden/upgrade";

  it("no migration that an image was made with has changed, and each has been seen", () => {
    expect(sums(), how).toEqual(JSON.parse(readFileSync(sumsFile, "utf8")));
  });

  it("there is one of today's schema of the node", () => {
    expect(newest?.node.migrations, how).toEqual(migrations.map(({ id }) => id));
  });

  it("there is one of today's databases of a terminal", async () => {
    const today = await liveADay();
    expect(
      today.terminals.map(({ machine }) => shapeOf(nameless(machine))),
      how,
    ).toEqual(newest?.terminals.map(({ machine }) => shapeOf(nameless(machine))));
  }, 60_000);
});
