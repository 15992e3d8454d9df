import { noUploads, type Uploads } from "../../store/files/files.ts";
import type { Connection } from "../../store/terminal.ts";
import { durationText, type DurationText } from "./duration.ts";

export type Tone = "ok" | "warn" | "alarm" | "quiet";

/** One lamp of the status bar: a colour, and always a sign and words beside it. */
export interface Lamp {
  readonly id: "store" | "connection" | "outbox" | "files" | "refusals" | "city" | "clock";
  readonly tone: Tone;
  /** Key of its words in the locale files. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Fills `{{age}}` of the words. */
  readonly age?: DurationText;
}

/** An outbox entry older than this at a reachable node is an alarm: the line silently stalls (system.md). */
const STALL_MS = 10_000;
/** A clock further off than this is told; the terminal counts with the corrected time anyway. */
const CLOCK_WARN_MS = 2_000;

const connectionLamp = (connection: Connection, now: number): Lamp => {
  const lamp = (tone: Tone, key: string, age?: DurationText): Lamp => ({
    id: "connection",
    tone,
    key,
    params: {},
    ...(age === undefined ? {} : { age }),
  });
  switch (connection.link) {
    case "starting":
      return lamp("warn", "staff:status.starting");
    case "rejected":
      return lamp("alarm", "staff:status.rejected");
    case "offline":
      if (connection.isNodeDistrusted) return lamp("alarm", "staff:status.distrusted");
      return connection.lastHeardAt === null
        ? lamp("alarm", "staff:status.neverConnected")
        : lamp("alarm", "staff:status.offline", durationText(now - connection.lastHeardAt, true));
    case "online":
      return connection.stalled ? lamp("alarm", "staff:status.stalled") : lamp("ok", "staff:status.online");
  }
};

const outboxLamp = ({ link, outbox, oldestMs }: Connection): Lamp => {
  if (outbox === 0) return { id: "outbox", tone: "ok", key: "staff:status.outboxEmpty", params: {} };
  const tone = link === "online" ? (oldestMs > STALL_MS ? "alarm" : "ok") : "warn";
  return { id: "outbox", tone, key: "staff:status.outbox", params: { n: outbox }, age: durationText(oldestMs, true) };
};

const cityLamp = ({ link, city }: Connection): Lamp | null => {
  if (city.state === "none") return null;
  if (link !== "online") return { id: "city", tone: "quiet", key: "staff:status.cityUnknown", params: {} };
  return city.state === "up"
    ? { id: "city", tone: "ok", key: "staff:status.cityUp", params: {} }
    : { id: "city", tone: "warn", key: "staff:status.cityDown", params: { n: city.behind } };
};

/** Materials on their way to the center; nothing to say when none is. */
const filesLamp = ({ link }: Connection, uploads: Uploads): Lamp | null => {
  const lamp = (tone: Tone, key: string, params: Lamp["params"] = {}): Lamp => ({ id: "files", tone, key, params });
  if (uploads.storeFault) return lamp("alarm", "staff:status.filesFault");
  if (uploads.refused > 0) return lamp("alarm", "staff:status.filesRefused", { count: uploads.refused });
  if (uploads.waiting === 0) return null;
  if (link !== "online") return lamp("warn", "staff:status.filesWaiting", { count: uploads.waiting });
  const percent = Math.floor(100 * (1 - uploads.bytesLeft / uploads.bytesTotal));
  return lamp("ok", "staff:status.filesSending", { count: uploads.waiting, percent });
};

/**
 * What the status bar shows, worst matters first where they exist at all.
 * @param openNotices refusals and the like that nobody has closed yet
 * @param offsetMs hall time minus this computer's time
 */
export const lampsOf = (
  connection: Connection,
  openNotices: number,
  now: number,
  offsetMs: number,
  uploads: Uploads = noUploads,
): readonly Lamp[] => {
  const lamps: Lamp[] = [];
  if (connection.storeFault !== null)
    lamps.push({ id: "store", tone: "alarm", key: "staff:status.storeFault", params: {} });
  lamps.push(connectionLamp(connection, now), outboxLamp(connection));
  lamps.push(
    openNotices === 0
      ? { id: "refusals", tone: "ok", key: "staff:status.noRefusals", params: {} }
      : { id: "refusals", tone: "warn", key: "staff:status.refusals", params: { count: openNotices } },
  );
  const files = filesLamp(connection, uploads);
  if (files) lamps.push(files);
  const city = cityLamp(connection);
  if (city) lamps.push(city);
  if (Math.abs(offsetMs) > CLOCK_WARN_MS)
    lamps.push({
      id: "clock",
      tone: "warn",
      key: offsetMs > 0 ? "staff:status.clockSlow" : "staff:status.clockFast",
      params: {},
      age: durationText(Math.abs(offsetMs), true),
    });
  return lamps;
};
