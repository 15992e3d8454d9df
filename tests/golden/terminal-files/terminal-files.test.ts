import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { FilesDatabase, filesDatabaseName } from "../../../renderer/store/files/files-db.ts";
import type { OpenTerminal } from "../../../renderer/store/open-terminal.ts";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import { startCenterWithWindow, type TestCenter } from "../../helpers/center.ts";
import { TestMachine } from "../../helpers/test-environment.ts";
import { eventually, startTerminal } from "../../helpers/test-terminal.ts";
import { readMachine, shapeOf, writeMachine, type MachineImage } from "../upgrade/machine-image.ts";

/*
 * The scans of a window as versions of the program left them on its disk (F31): one that the center has, one that it has not had, one that it did not take, and one
 * that was being written when the program was ended. Each image was made by the code of its time. Today's program reads them, and sends what waits.
 *
 * An image is never made anew. Whoever changes the database of files gives it another version, and adds an image of that:
 *   WRITE_GOLDEN=terminal-files npx vitest run tests/golden/terminal-files
 */
interface FilesImage {
  /** Hall time. */
  readonly at: number;
  readonly machine: MachineImage;
}

const HOUR_MS = 3_600_000;
const FOLDER = new URL("./", import.meta.url);
const HOW = "make one: WRITE_GOLDEN=terminal-files npx vitest run tests/golden/terminal-files";
const encode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text));
const [SENT, WAITING, REFUSED, HALF] = ["身份证", "租赁合同", "营业执照", "委托书"].map((name) =>
  encode(`%PDF-1.7\n${name.repeat(200)}\n%%EOF\n`),
) as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What a test has opened, the terminals before their center. Each has its own, so that none sees what another one sent. */
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const startCenter = async (): Promise<{ center: TestCenter; device: EnrolResponse }> => {
  const started = await startCenterWithWindow();
  opened.push(() => started.center.stop());
  return started;
};

/** Whoever a window says it is, and to whom. */
interface Place {
  readonly deviceId: string;
  readonly secret: string;
  readonly nodeUrl: string;
}

const openWindow = async (machine: TestMachine, place: Place): Promise<OpenTerminal> => {
  const terminal = await startTerminal({ machine, role: "window", counterId: "1", ...place });
  opened.push(() => terminal.close());
  return terminal;
};

const NOWHERE: Place = { deviceId: "window-1", secret: "secret", nodeUrl: "http://127.0.0.1:9" };
const waiting = (terminal: OpenTerminal): number => terminal.files.uploads.get().waiting;

/** What a window's program leaves behind. */
const leaveFiles = async (): Promise<FilesImage> => {
  const { center, device } = await startCenter();
  const machine = new TestMachine();
  const online = await openWindow(machine, { ...device, nodeUrl: center.url });
  await online.files.keep(SENT);
  const { deviceId } = device;
  const isThere = async (bytes: Uint8Array): Promise<boolean> =>
    (await center.context.files.find("test-hall", hashOf(bytes)))?.isComplete === true;
  await expect.poll(() => isThere(SENT), { timeout: 15_000 }).toBe(true);
  await eventually(() => waiting(online) === 0, "the first one is sent");
  await online.close();
  const alone = await openWindow(machine, { ...NOWHERE, deviceId });
  for (const bytes of [WAITING, REFUSED, HALF]) await alone.files.keep(bytes);
  const at = alone.now();
  await alone.close();
  const db = new FilesDatabase(filesDatabaseName(deviceId), machine.environment());
  await db.files.update(hashOf(REFUSED), { state: "refused", fault: "file_type_wrong" });
  await db.files.update(hashOf(HALF), { state: "writing" });
  db.close();
  const image = await readMachine(machine);
  const databases = image.databases.filter(({ name }) => name === filesDatabaseName(deviceId));
  return { at, machine: { databases: databases.map((each) => ({ ...each, name: "files" })), marks: [], journal: [] } };
};

/** Today's program on a disk with the image's files. */
const takeOver = async ({ at, machine: image }: FilesImage, place: Place): Promise<OpenTerminal> => {
  const machine = new TestMachine();
  machine.wallError = at + HOUR_MS - Date.now();
  const databases = image.databases.map((each) => ({ ...each, name: filesDatabaseName(place.deviceId) }));
  await writeMachine(machine, { ...image, databases });
  return openWindow(machine, place);
};

const images = (): { readonly title: string; readonly image: FilesImage }[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ title: name, image: JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as FilesImage }));

if (process.env["WRITE_GOLDEN"] === "terminal-files")
  it("makes an image of today", async () => {
    const image = await leaveFiles();
    const version = String((image.machine.databases[0]?.version ?? 0) / 10).padStart(2, "0");
    writeFileSync(new URL(`${version}.json`, FOLDER), `${JSON.stringify(image)}\n`, { flag: "wx" });
  }, 60_000);

describe.each(images())("files as $title has them", ({ image }) => {
  it("are read without a line, each as it stands", async () => {
    const terminal = await takeOver(image, NOWHERE);
    for (const bytes of [SENT, WAITING, REFUSED])
      expect(await terminal.files.read(hashOf(bytes))).toEqual({ ok: true, value: bytes });
    expect(await terminal.files.read(hashOf(HALF))).toMatchObject({ ok: false });
    expect(terminal.files.uploads.get()).toMatchObject({ waiting: 1, refused: 1, storeFault: false });
  });

  it("what waits goes to the center, and the half one can be kept anew", async () => {
    const { center, device } = await startCenter();
    const terminal = await takeOver(image, { ...device, nodeUrl: center.url });
    expect(await terminal.files.keep(HALF)).toMatchObject({ ok: true });
    // Nothing waits either before what is kept has been read anew.
    for (const bytes of [WAITING, HALF])
      await expect
        .poll(() => center.context.files.find("test-hall", hashOf(bytes)), { timeout: 20_000 })
        .toMatchObject({ isComplete: true });
    await eventually(() => waiting(terminal) === 0, "all sent");
    expect(await center.context.files.find("test-hall", hashOf(REFUSED))).toBeUndefined();
  }, 50_000);
});

describe("the images of files stay complete", () => {
  it("there is one of today's database", async () => {
    const today = await leaveFiles();
    const newest = images().at(-1)?.image;
    expect(shapeOf(today.machine), HOW).toEqual(newest && shapeOf(newest.machine));
  }, 60_000);
});
