import { uuidv7 } from "uuidv7";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import { emptyHallState } from "../../shared/domain/hall/state.ts";
import { noUploads } from "../store/files/files.ts";
import { liveValue } from "../store/live.ts";
import type { Standing, Terminal } from "../store/terminal.ts";

/** A terminal without a hall, for the screens that come before one: set-up and the launcher. */
export const blankTerminal = (info: TerminalInfo): Terminal => ({
  info,
  hall: liveValue(emptyHallState),
  connection: liveValue({
    link: "offline",
    isNodeDistrusted: false,
    lastHeardAt: null,
    outbox: 0,
    oldestMs: 0,
    stalled: false,
    isUnpaired: false,
    city: { state: "none", behind: 0 },
    storeFault: null,
  }),
  notices: liveValue([]),
  catalogue: liveValue(null),
  clerk: liveValue(null),
  locked: liveValue(false),
  department: liveValue<string | null>(null),
  standing: liveValue<Standing>({ name: info.terminalName, isLocked: false }),
  files: {
    uploads: liveValue(noUploads),
    keep: () => Promise.resolve({ ok: false, error: "not_kept" }),
    read: () => Promise.resolve({ ok: false, error: "offline" }),
    progressOf: () => 1,
  },
  now: () => Date.now(),
  newId: () => uuidv7(),
  send: () => Promise.resolve({ status: "offline" }),
  closeNotice: () => Promise.resolve(),
  login: () => Promise.resolve({ ok: false, error: { code: "unavailable" } }),
  logout: () => Promise.resolve(),
  lock: () => undefined,
  unlock: () => Promise.resolve({ kind: "unavailable" }),
  print: () => Promise.resolve({ ok: false, error: { code: "no_printer" } }),
  readPersonCard: () => Promise.resolve({ ok: false, error: { code: "no_reader" } }),
  cancelPersonCard: () => undefined,
  askAs: () => Promise.resolve({ ok: false, error: { code: "unavailable", params: {} } }),
  present: () => Promise.resolve({ ok: false, error: { code: "unavailable", params: {} } }),
  ask: () => Promise.resolve({ ok: false, error: { code: "unavailable", params: {} } }),
  readDraft: () => Promise.resolve(undefined),
  writeDraft: () => Promise.resolve(),
});
