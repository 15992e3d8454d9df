import { Writable } from "node:stream";
import { pino } from "pino";
import { addPlatform } from "../../../center/appointments/platforms.ts";
import { putRelayHall } from "../../../center/relay/receive.ts";
import type { EnrolResponse } from "../../../shared/contract/api.ts";
import type { TerminalRole } from "../../../shared/domain/identity/roles.ts";
import { startCenter, testPlan, type TestCenter } from "../../helpers/center.ts";
import type { Pool } from "../generate/from-schema.ts";

/** A terminal that the fuzz may speak as, with the clerk who is signed in there. */
export interface FuzzDevice extends EnrolResponse {
  readonly clerkId: string | null;
}

/** Two real centers, a hall's and a city's, with terminals, clerks and keys; and everything that they logged. */
export interface World {
  readonly hall: TestCenter;
  readonly city: TestCenter;
  readonly devices: readonly FuzzDevice[];
  readonly relayKey: string;
  readonly platformKey: string;
  /** What may stand in no log. */
  readonly secrets: readonly string[];
  readonly logLines: string[];
  /** Values that mean something, by field name; grows with what the hall makes. */
  readonly pool: () => Pool;
  readonly stop: () => Promise<void>;
}

const PLACES: readonly (readonly [TerminalRole, string | null])[] = [
  ["kiosk", null],
  ["window", "1"],
  ["window", "2"],
  ["review", "1"],
  ["display", null],
  ["desk", null],
  ["setup", null],
];
const CLERKS = ["1001", "1002"] as const;
const KNOWN_AT_ONCE = 30;

const collectLog = (lines: string[]) =>
  pino(
    { level: "info", base: null },
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString("utf8"));
        done();
      },
    }),
  );

export const openWorld = async (): Promise<World> => {
  const logLines: string[] = [];
  const log = collectLog(logLines);
  const hall = await startCenter({ log, plan: testPlan });
  const city = await startCenter({ mode: "city", log });
  const relayKey = await putRelayHall(city.context.database, testPlan.hallId, testPlan.name);
  const platformKey = await addPlatform(hall.context.database, "fuzz", Date.now());
  const clerkIds: string[] = [];
  for (const no of CLERKS) clerkIds.push(await hall.addClerk(no));
  const devices: FuzzDevice[] = [];
  for (const [role, counterId] of PLACES) {
    const device = await hall.enrol(role, counterId);
    const isStaff = role === "window" || role === "desk";
    const clerkId = isStaff
      ? (await hall.login(device, CLERKS[devices.length % CLERKS.length] ?? "1001")).clerkId
      : null;
    devices.push({ ...device, clerkId });
  }
  const state = () => hall.context.halls.open[0]?.hall.state;
  const last = <T>(values: Iterable<T> | undefined): T[] => [...(values ?? [])].slice(-KNOWN_AT_ONCE);
  return {
    hall,
    city,
    devices,
    relayKey,
    platformKey,
    secrets: [...devices.map(({ secret }) => secret), relayKey, platformKey, ...CLERKS.map((no) => `pw-${no}`)],
    logLines,
    pool: () => {
      const now = state();
      return {
        hallId: [testPlan.hallId, testPlan.hallId, "*", "no-hall"],
        businessId: ["A", "B", "C"],
        toBusinessId: ["A", "B"],
        counterId: ["1", "2", "3", "9"],
        toCounterId: ["1", "2", null],
        clerkId: clerkIds,
        clerkNo: CLERKS,
        ticketId: last(now?.tickets.keys()),
        reviewId: last(now?.reviews.keys()),
        intakeId: last(now?.intakes.keys()),
        caseId: last(now?.cases.keys()),
        appointmentId: last(now?.appointments.keys()),
      };
    },
    stop: async () => {
      await hall.stop();
      await city.stop();
    },
  };
};
