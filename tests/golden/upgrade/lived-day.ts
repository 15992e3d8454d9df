import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { REVEAL_PATH } from "../../../shared/contract/cases.ts";
import type { CommandData, CommandType } from "../../../shared/domain/hall/commands.ts";
import { toSnapshot } from "../../../shared/domain/hall/state.ts";
import { reviewIdOf } from "../../../shared/domain/review/review.ts";
import { freeLeaseSerials } from "../../../shared/domain/queue/lease.ts";
import { MONDAY_NINE, ticketWish } from "../../../shared/testing/hall-fixture.ts";
import { raising } from "../../../shared/testing/work-order-fixture.ts";
import { saveSnapshot } from "../../../center/log/store.ts";
import { verifyLog } from "../../../center/log/verify.ts";
import type { OpenTerminal } from "../../../renderer/store/open-terminal.ts";
import { makeDataDir, startCenter, testPlan, type TestCenter } from "../../helpers/center.ts";
import { NodeClient } from "../../helpers/node-client.ts";
import { newIds, takeIn } from "../../helpers/take-in.ts";
import { TestMachine } from "../../helpers/test-environment.ts";
import { eventually, startTerminal } from "../../helpers/test-terminal.ts";
import { readDatabase, type NodeImage } from "./database-image.ts";
import { readMachine, type MachineImage } from "./machine-image.ts";

export const DAY = "2026-11-23";
/** What a person wrote that only the node may read; it lies sealed in the outbox. */
export const WORDS = "等了很久，窗口只开了一个";

const times = (count: number, type: string): readonly string[] => Array.from({ length: count }, () => type);

/** The events that a terminal's confirmed acts come to, sorted: the numbers of two days lent, eight taken, four printed; one poor opinion, which somebody has to see to. */
export const TOLD: Readonly<Record<TerminalImage["role"], readonly string[]>> = {
  kiosk: [...times(2, "NumbersLeased"), ...times(4, "TicketPrinted"), ...times(8, "TicketTaken")],
  review: ["RectificationOpened", "ReviewGiven"],
};

/** A terminal as its program of then left it: with acts that the node has not had. */
export interface TerminalImage {
  readonly role: "kiosk" | "review";
  readonly deviceId: string;
  readonly secret: string;
  readonly counterId: string | null;
  readonly machine: MachineImage;
  /** Every act that a person was told of as kept or done; each must be in the log once in the end. */
  readonly confirmed: readonly string[];
  /** How many of them wait. */
  readonly waiting: number;
}

/** A hall as one version of the program left it in the middle of a day. */
export interface HallImage {
  readonly at: number;
  readonly hallId: string;
  readonly nodeKey: string;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly snapshot: object;
  readonly node: NodeImage;
  readonly terminals: readonly TerminalImage[];
}

/** A clock of the hall's own: the same morning whenever this runs. */
export const clockFrom = (at: number): { readonly clock: () => number; readonly ahead: number } => {
  const ahead = at - Date.now();
  return { clock: () => Date.now() + ahead, ahead };
};

interface Post {
  readonly role: "kiosk" | "review";
  readonly device: { readonly deviceId: string; readonly secret: string; readonly counterId: string | null };
  readonly machine: TestMachine;
  readonly terminal: OpenTerminal;
  readonly confirmed: string[];
}

const openPost = async (
  center: TestCenter,
  role: Post["role"],
  counterId: string | null,
  ahead: number,
): Promise<Post> => {
  const device = await center.enrol(role, counterId);
  const machine = new TestMachine();
  machine.wallError = ahead;
  const { deviceId, secret } = device;
  const place = counterId === null ? {} : { counterId };
  const terminal = await startTerminal({ machine, role, deviceId, secret, nodeUrl: center.url, ...place });
  await eventually(() => terminal.connection.get().link === "online", `${role} on-line`, 15_000);
  return { role, device, machine, terminal, confirmed: [] };
};

const act = async <T extends CommandType>(
  post: Post,
  type: T,
  data: CommandData<T>,
  options: Parameters<OpenTerminal["send"]>[2],
): Promise<void> => {
  const outcome = await post.terminal.send(type, data, options);
  if (outcome.status === "accepted" || outcome.status === "kept") post.confirmed.push(outcome.commandId);
};

/** A scan, and a look at who applied, which is noted. */
const leaveTraces = async (
  center: TestCenter,
  { deviceId, secret }: Post["device"],
  applicantId: string,
): Promise<void> => {
  const hallId = center.hallId ?? "";
  const { files } = center.context;
  const scan = Buffer.from("%PDF-1.7\n%%EOF\n");
  const hash = createHash("sha256").update(scan).digest("hex");
  await files.offer(hallId, deviceId, { hash, size: scan.length, type: "application/pdf" });
  await files.putPart(hallId, hash, 0, scan);
  const kept = await files.complete(hallId, hash);
  if (!kept.ok) throw new Error(`the scan is not kept: ${JSON.stringify(kept.error)}`);
  const answer = await fetch(`${center.url}${REVEAL_PATH}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${deviceId}:${secret}` },
    body: JSON.stringify({ ids: [applicantId], reason: "核对身份" }),
  });
  if (!answer.ok) throw new Error(`the applicant is not shown: ${String(answer.status)}`);
};

/** People come, are served and say how it was, with everything on. */
const workTogether = async (center: TestCenter, kiosk: Post): Promise<void> => {
  await act(kiosk, "LeaseNumbers", { days: [DAY] }, { mode: "claim" });
  for (let n = 1; n <= 5; n += 1) await act(kiosk, "TakeTicket", ticketWish(`t${String(n)}`), { mode: "claim" });
  await act(kiosk, "TakeTicket", ticketWish("nowhere", { businessId: "Z" }), { mode: "claim" });
  await act(kiosk, "RecordPrint", { ticketId: "t1", outcome: "printed" }, { mode: "record" });
  const device = await center.enrol("window", "1");
  await center.addClerk("1001");
  const { clerkId } = await center.login(device, "1001");
  const window = await NodeClient.connect({ url: center.url, ...device });
  await window.send("OpenCounter", { counterId: "1" }, { clerkId });
  const ids = newIds();
  for (const ticketId of ["t1", "t2"]) {
    await window.send("CallNext", { counterId: "1" }, { clerkId });
    await window.send("BeginService", { ticketId, counterId: "1" }, { clerkId });
    if (ticketId === "t1") await takeIn(window, { deviceId: device.deviceId, clerkId }, ids);
    await window.send("EndService", { ticketId, counterId: "1" }, { clerkId });
  }
  await leaveTraces(center, device, ids.applicantId);
  await window.send("RaiseWorkOrder", raising(), { clerkId });
  // It has ended: the record contradicts the log.
  await window.send("BeginService", { ticketId: "t1", counterId: "1" }, { clerkId, mode: "record" });
  await window.send("CallNext", { counterId: "1" }, { clerkId });
  window.close();
};

/** A poor opinion of who was served first, one by number from the kiosk, and all that is kept beside the log because of them. */
const leaveOpinions = async (center: TestCenter, kiosk: Post, review: Post): Promise<void> => {
  const hallId = center.hallId ?? "";
  const { database, halls, reviewLedgers, orderLedgers } = center.context;
  const poor = { level: 1, tags: [], elapsedMs: 4_000 } as const;
  const given = { ...poor, reviewId: reviewIdOf("t1", 1), counterId: "1", channel: "tablet" } as const;
  await review.terminal.send("GiveReview", { ...given, tags: [], textId: null, phoneId: null }, { mode: "record" });
  const claim = { ...poor, claimId: uuidv7(), number: "A002", checkId: uuidv7(), input: "touch" } as const;
  await kiosk.terminal.send(
    "ClaimReview",
    { ...claim, tags: [], totalMs: 9_000, textId: null, phoneId: null },
    { mode: "record", personal: [{ id: claim.checkId, kind: "reviewCheck", value: "0000" }] },
  );
  await eventually(() => [kiosk, review].every(({ terminal }) => terminal.connection.get().outbox === 0), "both sent");
  await reviewLedgers.caughtUp(hallId);
  await orderLedgers.caughtUp(hallId);
  const { hall } = await halls.get(hallId);
  await saveSnapshot(database, hallId, hall.head, hall.state);
};

/** The node is away: numbers out of the lease, somebody's opinion, half a form. */
const workAlone = async (kiosk: Post, review: Post, reviewId: string): Promise<void> => {
  const serials = freeLeaseSerials(kiosk.terminal.hall.get(), kiosk.device.deviceId, DAY, "A");
  for (const [place, serial] of serials.slice(0, 3).entries()) {
    const ticketId = `alone-${String(place)}`;
    await act(kiosk, "TakeTicket", { ...ticketWish(ticketId), lease: { day: DAY, serial } }, { mode: "record" });
    await act(kiosk, "RecordPrint", { ticketId, outcome: "printed" }, { mode: "record" });
  }
  const opinion = { reviewId, counterId: "1", level: 2, tags: [], elapsedMs: 4_000, channel: "tablet" } as const;
  await act(
    review,
    "GiveReview",
    { ...opinion, tags: [], textId: "words-1", phoneId: null },
    { mode: "record", personal: [{ id: "words-1", kind: "reviewText", value: WORDS }] },
  );
  await review.terminal.writeDraft("half", { words: WORDS });
};

const leave = async ({ role, device, machine, terminal, confirmed }: Post): Promise<TerminalImage> => {
  await terminal.settled();
  const waiting = terminal.connection.get().outbox;
  await terminal.close();
  const { deviceId, secret, counterId } = device;
  return { role, deviceId, secret, counterId, machine: await readMachine(machine), confirmed, waiting };
};

/** Lives a morning with the program as it is and stops in the middle of it: the node first, the terminals with what they hold. */
export const liveADay = async (): Promise<HallImage> => {
  const { clock, ahead } = clockFrom(MONDAY_NINE);
  const dataDir = await makeDataDir();
  const plan = { ...testPlan, settings: { ...testPlan.settings, leaseSize: 20, leaseDaysAhead: 1 } };
  const center = await startCenter({ dataDir, clock, plan });
  const kiosk = await openPost(center, "kiosk", null, ahead);
  const review = await openPost(center, "review", "1", ahead);
  await workTogether(center, kiosk);
  await leaveOpinions(center, kiosk, review);
  const invited = (): string =>
    [...review.terminal.hall.get().reviews.values()].find(({ state }) => state === "invited")?.id ?? "";
  await eventually(() => invited() !== "", "somebody is asked how it was");
  await eventually(() => kiosk.terminal.connection.get().outbox === 0, "everything sent");
  const { database, halls } = center.context;
  const hallId = center.hallId ?? "";
  const { hall } = await halls.get(hallId);
  const { faults } = await verifyLog(database, hallId);
  if (faults.length > 0) throw new Error(`the log does not verify: ${JSON.stringify(faults)}`);
  const head = { seq: hall.head.seq, hash: hall.head.hash };
  const snapshot = toSnapshot(hall.state);
  const node = await readDatabase(database);
  const nodeKey = (await readFile(join(dataDir, "node-key"), "utf8")).trim();
  await center.stop();
  await eventually(() => kiosk.terminal.connection.get().link === "offline", "the node is away");
  await workAlone(kiosk, review, invited());
  const terminals = [await leave(kiosk), await leave(review)];
  await rm(dataDir, { recursive: true, force: true });
  return { at: clock(), hallId, nodeKey, head, snapshot, node, terminals };
};
