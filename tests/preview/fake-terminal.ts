import { plainScreen } from "../../shared/contract/screen-settings.ts";
import { err, ok } from "../../shared/basics/result.ts";
import { dayOf } from "../../shared/basics/time.ts";
import type { TerminalInfo } from "../../shared/contract/ipc.ts";
import type { Catalogue } from "../../shared/domain/catalogue/catalogue.ts";
import type { Command, CommandData, CommandMode, CommandType } from "../../shared/domain/hall/commands.ts";
import { decide, leaseDays } from "../../shared/domain/hall/decide.ts";
import type { Decision } from "../../shared/domain/hall/decision.ts";
import { findFileType } from "../../shared/domain/files/file.ts";
import { fold } from "../../shared/domain/hall/evolve.ts";
import { hallPlanSchema, type HallPlan } from "../../shared/domain/hall/plan.ts";
import { emptyHallState, type HallState } from "../../shared/domain/hall/state.ts";
import { visible, visibleState, type Viewer } from "../../shared/domain/hall/visible.ts";
import type { Actor, TerminalRole } from "../../shared/domain/identity/roles.ts";
import { hexOf } from "../../renderer/store/files/center-files.ts";
import { askNode } from "../../renderer/store/http.ts";
import { noUploads } from "../../renderer/store/files/files.ts";
import type {
  ClerkSession,
  FactorEnrolment,
  Connection,
  Live,
  Notice,
  SendOutcome,
  Standing,
  Terminal,
} from "../../renderer/store/terminal.ts";

const NODE_URL = "http://127.0.0.1:4800";
const browserParts: Parameters<typeof askNode>[0] = {
  fetch: (...request) => globalThis.fetch(...request),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** A hall of three businesses and four counters, like the sample hall. */
export const previewPlan: HallPlan = hallPlanSchema.parse({
  hallId: "sample",
  name: "示例政务服务大厅",
  nameEn: "Sample service hall",
  sample: true,
  businesses: [
    {
      id: "A",
      name: "企业开办与经营",
      nameEn: "Companies",
      dailyCap: 400,
      typicalServiceMinutes: 12,
      appointmentsPerSlot: 2,
    },
    { id: "B", name: "个人事项", nameEn: "Persons", dailyCap: 400, typicalServiceMinutes: 7, appointmentsPerSlot: 2 },
    {
      id: "C",
      name: "工程建设",
      nameEn: "Construction",
      dailyCap: 200,
      typicalServiceMinutes: 20,
      appointmentsPerSlot: 2,
    },
  ],
  counters: [
    { id: "1", number: 1, name: "一号综合窗口", nameEn: "Counter 1", zone: "A区", businesses: ["A", "B"] },
    { id: "2", number: 2, name: "二号综合窗口", nameEn: "Counter 2", zone: "A区", businesses: ["A", "B"] },
    { id: "3", number: 3, name: "三号综合窗口", nameEn: "Counter 3", zone: "B区", businesses: ["B", "C"] },
    { id: "4", number: 4, name: "四号工程窗口", nameEn: "Counter 4", zone: "B区", businesses: ["C"] },
  ],
  settings: {},
});

/** What a password of "app" leads to; one of "code" leads to the code alone, which is 123456. */
const enrolmentOf = (clerkNo: string): FactorEnrolment => ({
  next: "enrol",
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  uri: `otpauth://totp/Hall:${clerkNo}?issuer=Hall&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30`,
  recoveryCodes: Array.from({ length: 10 }, (_, n) => `${String(n)}-7KQ2M-X9D4${"ABCDEFGHJK"[n] ?? ""}`),
});

const nodeActor: Actor = { role: "node", deviceId: null, clerkId: null, counterId: null };

let lastId = 0;
/** A new UUID in the order of making. */
export const previewId = (): string => {
  lastId += 1;
  return `00000000-0000-7000-8000-${String(lastId).padStart(12, "0")}`;
};

const sha256OfBytes = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hexOf(await crypto.subtle.digest("SHA-256", bytes));

/** Files in memory that never leave it. */
const fakeFiles = (): Terminal["files"] => {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    uploads: new LiveValue(noUploads),
    keep: async (content) => {
      const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
      const type = findFileType(bytes);
      if (type === undefined) return err("wrong_type");
      const hash = await sha256OfBytes(bytes);
      kept.set(hash, bytes);
      return ok({ hash, size: bytes.length, type });
    },
    read: async (hash) => {
      const bytes = kept.get(hash);
      return Promise.resolve(bytes ? ok(bytes) : err("unknown"));
    },
    progressOf: () => 1,
  };
};

/** A value that can be watched. */
class LiveValue<T> implements Live<T> {
  private readonly listeners = new Set<() => void>();
  private value: T;

  constructor(value: T) {
    this.value = value;
  }
  get = (): T => this.value;
  set = (value: T): void => {
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  };
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

/** The node of a preview: decides and folds in memory. Several fake terminals may share one. */
export class FakeHall {
  readonly live: LiveValue<HallState>;
  /** Added to the computer's clock, so that a scene can be set in the past. */
  offsetMs = 0;

  constructor(plan: HallPlan = previewPlan) {
    this.live = new LiveValue(emptyHallState);
    this.act(nodeActor, "SetHallPlan", { plan });
    this.act(nodeActor, "OpenDay", { day: dayOf(Date.now(), plan.utcOffsetMinutes) });
  }

  now(): number {
    return Date.now() + this.offsetMs;
  }

  apply(actor: Actor, command: Command): Decision {
    const decision = decide(this.live.get(), command, { now: this.now(), actor });
    if (decision.ok) this.live.set(fold(this.live.get(), decision.value));
    return decision;
  }

  /** An act of somebody else in the hall. */
  act<T extends CommandType>(
    actor: Actor,
    type: T,
    data: CommandData<T>,
    { mode = "claim", at = this.now() }: { mode?: CommandMode; at?: number } = {},
  ): Decision {
    return this.apply(actor, { id: previewId(), type, mode, at, data } as unknown as Command);
  }
}

export interface FakeTerminalOptions {
  /** The hall has put it out of service. */
  readonly isLocked?: boolean;
  readonly role: TerminalRole | "launcher";
  /** Whom the node takes the terminal for; the clerk comes from login. */
  readonly actor?: Partial<Actor>;
  readonly plan?: HallPlan;
  readonly catalogue?: Catalogue | null;
  readonly info?: Partial<TerminalInfo>;
  /** The node to share with other fake terminals. */
  readonly hall?: FakeHall;
  readonly clerk?: ClerkSession | null;
}

export interface FakeTerminal extends Terminal {
  readonly fake: {
    readonly node: FakeHall;
    setConnection(change: Partial<Connection>): void;
    addNotice(notice: Omit<Notice, "id" | "at">): void;
    /** The hall puts it out of service. */
    takeOutOfService(): void;
    /** The next claim is sent and never answered. */
    swallowNextClaim(): void;
    /** Takes the drafts of a screen, as after a restart. */
    readonly drafts: Map<string, unknown>;
  };
}

/**
 * A terminal without a store and a network, for previews and screen tests: real decisions and folds, so that every
 * button does what it does in the hall. Offline it keeps records and sends them when the link is back.
 */
export const makeFakeTerminal = (options: FakeTerminalOptions): FakeTerminal => {
  const node = options.hall ?? new FakeHall(options.plan);
  const viewerRole: TerminalRole = options.role === "launcher" ? "desk" : options.role;
  const deviceId = options.actor?.deviceId ?? `${options.role}-1`;
  const credentials = { deviceId, secret: "preview" };
  const department = options.actor?.department ?? null;
  const viewer: Viewer = { role: viewerRole, deviceId, counterId: options.actor?.counterId ?? null, department };
  const clerk = new LiveValue<ClerkSession | null>(options.clerk ?? null);
  const locked = new LiveValue(false);
  const standing = new LiveValue<Standing>({ name: "预览终端", isLocked: options.isLocked === true });
  const actor = (): Actor => ({
    role: viewerRole,
    deviceId,
    clerkId: clerk.get()?.clerkId ?? options.actor?.clerkId ?? null,
    counterId: viewer.counterId,
    duty: clerk.get()?.duty ?? "clerk",
    department,
  });
  const connection = new LiveValue<Connection>({
    link: "online",
    isNodeDistrusted: false,
    lastHeardAt: node.now(),
    outbox: 0,
    oldestMs: 0,
    stalled: false,
    isUnpaired: false,
    city: { state: "up", behind: 0 },
    storeFault: null,
  });
  const notices = new LiveValue<readonly Notice[]>([]);
  const drafts = new Map<string, unknown>();
  let confirmed = visibleState(node.live.get(), viewer);
  let pending: { command: Command; actor: Actor }[] = [];
  let swallow = false;
  const hall = new LiveValue<HallState>(confirmed);

  const redraw = (): void => {
    let shown = confirmed;
    for (const { command, actor: by } of pending) {
      const decision = decide(shown, command, { now: node.now(), actor: by });
      if (!decision.ok) continue;
      const seen = decision.value.map((event) => visible(event, viewer)).filter((event) => event !== null);
      shown = fold(shown, seen);
    }
    hall.set(shown);
  };
  const follow = (): void => {
    if (connection.get().link !== "online") return;
    confirmed = visibleState(node.live.get(), viewer);
    redraw();
  };
  node.live.subscribe(follow);

  const addNotice = (notice: Omit<Notice, "id" | "at">): void =>
    notices.set([...notices.get(), { ...notice, id: previewId(), at: node.now() }]);
  const countOutbox = (): void => {
    const oldest = pending[0]?.command.at;
    connection.set({
      ...connection.get(),
      outbox: pending.length,
      oldestMs: oldest === undefined ? 0 : node.now() - oldest,
    });
  };
  const flush = (): void => {
    const sent = pending;
    pending = [];
    for (const { command, actor: by } of sent) {
      const decision = node.apply(by, command);
      if (!decision.ok) addNotice({ kind: "refusal", commandType: command.type, refusal: decision.error });
    }
    follow();
    countOutbox();
  };

  return {
    info: {
      role: options.role,
      display: "main",
      appVersion: "0.1.0",
      nodeUrl: NODE_URL,
      credentials,
      terminalName: "预览终端",
      hallName: node.live.get().plan?.name ?? null,
      counterId: viewer.counterId,
      language: "zh-CN",
      screen: plainScreen,
      keyStore: "system",
      dataKey: "",
      notices: [],
      ...options.info,
    },
    hall,
    connection,
    notices,
    catalogue: new LiveValue(options.catalogue ?? null),
    clerk,
    department: new LiveValue<string | null>(department),
    standing,
    locked,
    files: fakeFiles(),
    now: () => node.now(),
    newId: previewId,
    send: async <T extends CommandType>(
      type: T,
      data: CommandData<T>,
      { mode }: { readonly mode: CommandMode },
    ): Promise<SendOutcome> => {
      const online = connection.get().link === "online";
      const command = { id: previewId(), type, mode, at: node.now(), data } as unknown as Command;
      if (mode === "claim" && !online) return { status: "offline" };
      await new Promise((resolve) => setTimeout(resolve, 15));
      if (mode === "claim" && swallow) {
        swallow = false;
        pending = [...pending, { command, actor: actor() }];
        countOutbox();
        return { status: "unanswered", commandId: command.id };
      }
      if (!online) {
        pending = [...pending, { command, actor: actor() }];
        redraw();
        countOutbox();
        return { status: "kept", commandId: command.id };
      }
      const decision = node.apply(actor(), command);
      if (!decision.ok) {
        return { status: "refused", commandId: command.id, refusal: decision.error };
      }
      return { status: "accepted", commandId: command.id, seq: 1 };
    },
    closeNotice: async (id) => {
      notices.set(notices.get().filter((notice) => notice.id !== id));
      await Promise.resolve();
    },
    login: async (clerkNo, password, code) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (connection.get().link !== "online") return err({ code: "unavailable" });
      if (password === "locked") return err({ code: "login_locked" });
      if (password === "code" && code === undefined) return err({ code: "code_needed" });
      if (password === "app" && code === undefined)
        return err({ code: "factor_enrol", enrolment: enrolmentOf(clerkNo) });
      if (code !== undefined && code !== "123456") return err({ code: "code_wrong" });
      if (!["demo", "code", "app"].includes(password)) return err({ code: "login_failed" });
      const session: ClerkSession =
        clerkNo === "1002"
          ? { clerkId: "clerk-1002", clerkNo, name: "李慧敏", duty: "clerk" }
          : { clerkId: `clerk-${clerkNo}`, clerkNo, name: "王晓芳", duty: "manager" };
      clerk.set(session);
      return ok(session);
    },
    lock: () => locked.set(true),
    unlock: (password) => {
      if (password !== "demo") return Promise.resolve({ kind: "wrong", triesLeft: 4 });
      locked.set(false);
      return Promise.resolve({ kind: "open" });
    },
    logout: async () => {
      locked.set(false);
      clerk.set(null);
      await Promise.resolve();
    },
    print: async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return ok({ paperLow: false });
    },
    readPersonCard: async () => Promise.resolve(err({ code: "no_reader" as const })),
    cancelPersonCard: () => undefined,
    // There is no node; a test answers at its address.
    askAs: (path, body) => askNode(browserParts, NODE_URL + path, { ...credentials, ...body }),
    present: (asks) => asks(credentials),
    ask: async () => Promise.resolve(err({ code: "unavailable", params: {} })),
    readDraft: async (key) => Promise.resolve(drafts.get(key) ?? null),
    writeDraft: async (key, value) => {
      drafts.set(key, value);
      await Promise.resolve();
    },
    fake: {
      node,
      setConnection: (change) => {
        connection.set({ ...connection.get(), ...change });
        if (change.link === "online") flush();
      },
      addNotice,
      takeOutOfService: () => standing.set({ ...standing.get(), isLocked: true }),
      swallowNextClaim: () => {
        swallow = true;
      },
      drafts,
    },
  };
};

/** Puts people into a hall: counters 1 to 3 open and busy, `count` people waiting, some served, one parked, one missed. */
export const fillHall = (
  node: FakeHall,
  count: number,
  items: readonly { code: string; name: string; businessId: string }[] = [],
): void => {
  const kiosk: Actor = { role: "kiosk", deviceId: "kiosk-1", clerkId: null, counterId: null };
  const clerkAt = (clerkId: string): Actor => ({ role: "window", deviceId: `w-${clerkId}`, clerkId, counterId: null });
  node.act(clerkAt("clerk-1002"), "OpenCounter", { counterId: "2" });
  node.act(clerkAt("clerk-1003"), "OpenCounter", { counterId: "3" });
  node.act(kiosk, "LeaseNumbers", { days: [...leaseDays(node.live.get())] });
  const businesses = ["A", "B", "B", "A", "C", "B"];
  const classes = ["ordinary", "ordinary", "priority", "ordinary", "green", "ordinary", "appointment"] as const;
  for (let index = 0; index < count; index += 1) {
    const businessId = businesses[index % businesses.length] ?? "A";
    const fitting = items.filter((item) => item.businessId === businessId);
    const item = fitting.length === 0 ? undefined : fitting[(index * 37) % fitting.length];
    node.offsetMs = -(count - index) * 150_000;
    node.act(kiosk, "TakeTicket", {
      ticketId: `t-${String(index)}`,
      businessId,
      class: classes[index % classes.length] ?? "ordinary",
      itemCode: item?.code ?? null,
      itemName: item?.name ?? null,
      personKey: null,
    });
  }
  node.offsetMs = -60_000 * 9;
  for (const [by, counterId] of [
    ["clerk-1002", "2"],
    ["clerk-1003", "3"],
  ] as const) {
    const actor = clerkAt(by);
    const next = (): string | null => node.live.get().counters.get(counterId)?.ticketId ?? null;
    const serve = (minutes: number): void => {
      node.act(actor, "CallNext", { counterId });
      const ticketId = next();
      if (ticketId === null) return;
      node.act(actor, "BeginService", { ticketId, counterId });
      node.offsetMs += minutes * 60_000;
    };
    serve(2);
    const first = next();
    if (first !== null) node.act(actor, "EndService", { ticketId: first, counterId });
    node.act(actor, "CallNext", { counterId });
    const second = next();
    if (second !== null) node.act(actor, "MissTicket", { ticketId: second, counterId, reason: "过号未到" });
    serve(1);
    const third = next();
    if (third !== null) node.act(actor, "ParkService", { ticketId: third, counterId, reason: "补材料" });
    serve(1);
    node.offsetMs = -60_000 * 4;
  }
  node.offsetMs = 0;
};
