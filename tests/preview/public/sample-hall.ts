import { greenCodeDigest } from "../../../shared/domain/kiosk/green-code.ts";
import type { PrintOutcome } from "../../../shared/contract/ipc.ts";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import { hallPlanSchema } from "../../../shared/domain/hall/plan.ts";
import type { Actor, TerminalRole } from "../../../shared/domain/identity/roles.ts";
import type { TicketClass } from "../../../shared/domain/queue/ticket.ts";
import type { Terminal } from "../../../renderer/store/terminal.ts";
import { FakeHall, makeFakeTerminal, previewId, previewPlan, type FakeTerminal } from "../fake-terminal.ts";

/** empty: open counters, nobody there; busy: many tickets and calls; closed: no counter is open. */
export type Scene = "empty" | "busy" | "closed";

export interface PublicOptions {
  readonly role: TerminalRole;
  readonly scene: Scene;
  readonly language?: "zh-CN" | "en";
  readonly display?: "main" | "second";
  readonly counterId?: string | null;
  readonly catalogue?: Catalogue | null;
}

export interface PublicPreview {
  readonly node: FakeHall;
  readonly terminal: FakeTerminal;
  /** What the screen has sent, in order. */
  readonly sent: readonly {
    readonly type: string;
    readonly mode: string;
    readonly data: unknown;
    readonly personal: unknown;
  }[];
  readonly printed: readonly unknown[];
  readonly setPrinter: (outcome: PrintOutcome) => void;
  /** The number of the person called, if any. */
  readonly callNext: (counterId: string) => string | undefined;
  readonly recall: (counterId: string) => void;
  readonly begin: (counterId: string) => void;
  /** Ends the service, so that the review invitation opens. */
  readonly end: (counterId: string) => void;
  readonly take: (businessId: string, ticketClass?: TicketClass) => void;
  readonly answerHelp: () => void;
  /** The desk publishes a notice everywhere. */
  readonly publish: (tone: "info" | "urgent") => void;
}

const clerkAt = (counterId: string): Actor => ({
  role: "window",
  deviceId: `window-${counterId}`,
  clerkId: `clerk-${counterId}`,
  counterId: null,
});
const otherKiosk: Actor = { role: "kiosk", deviceId: "kiosk-9", clerkId: null, counterId: null };

/** A public terminal in a hall in memory, and hands to make things happen around it. */
export const publicPreview = (options: PublicOptions): PublicPreview => {
  const node = new FakeHall(
    hallPlanSchema.parse({
      ...previewPlan,
      businesses: previewPlan.businesses.map((business) => ({ ...business, appointmentsPerSlot: 3 })),
      settings: {
        voiceLanguages: ["zh-CN", "en"],
        kiosk: {
          identify: ["idCard", "qr", "phone", "none"],
          publicUrl: "https://queue.example.gov.cn",
          resultBusiness: "B",
          greenCodes: [greenCodeDigest("sample", "GREEN2026")],
        },
      },
    }),
  );
  const heldAt = (counterId: string): string | undefined =>
    node.live.get().counters.get(counterId)?.ticketId ?? undefined;
  const callNext = (counterId: string): string | undefined => {
    node.act(clerkAt(counterId), "CallNext", { counterId });
    const ticketId = heldAt(counterId);
    return ticketId === undefined ? undefined : node.live.get().tickets.get(ticketId)?.number;
  };
  const onHeld = (type: "RecallTicket" | "BeginService" | "EndService") => (counterId: string) => {
    const ticketId = heldAt(counterId);
    if (ticketId !== undefined) node.act(clerkAt(counterId), type, { ticketId, counterId });
  };
  const begin = onHeld("BeginService");
  const end = onHeld("EndService");
  const take = (businessId: string, ticketClass: TicketClass = "ordinary"): void => {
    const wish = {
      ticketId: previewId(),
      businessId,
      class: ticketClass,
      itemCode: null,
      itemName: null,
      personKey: null,
    };
    node.act(otherKiosk, "TakeTicket", wish);
  };

  node.offsetMs = -3_600_000;
  if (options.scene !== "closed")
    for (const { id } of previewPlan.counters) node.act(clerkAt(id), "OpenCounter", { counterId: id });
  if (options.scene === "busy") {
    for (let n = 0; n < 60; n += 1) {
      node.offsetMs += 45_000;
      const rare: TicketClass = n % 17 === 7 ? "green" : n % 13 === 4 ? "appointment" : "ordinary";
      take(["B", "A", "B", "B", "C"][n % 5] ?? "B", rare);
      const counterId = String((n % 4) + 1);
      if (n % 3 === 2) {
        begin(counterId);
        end(counterId);
        callNext(counterId);
      }
    }
  }
  node.offsetMs = 0;

  const fake = makeFakeTerminal({
    role: options.role,
    hall: node,
    catalogue: options.catalogue ?? null,
    actor: { counterId: options.counterId ?? null },
    info: { language: options.language ?? "zh-CN", display: options.display ?? "main" },
  });
  const sent: { type: string; mode: string; data: unknown; personal: unknown }[] = [];
  const printed: unknown[] = [];
  let printer: PrintOutcome = { ok: true, value: { paperLow: false } };
  const send: Terminal["send"] = async (type, data, how) => {
    sent.push({ type, mode: how.mode, data, personal: how.personal ?? [] });
    return fake.send(type, data, how);
  };
  const terminal: FakeTerminal = {
    ...fake,
    send,
    print: async (ticket) => {
      printed.push(ticket);
      await fake.print(ticket);
      return printer;
    },
  };
  return {
    node,
    terminal,
    sent,
    printed,
    setPrinter: (outcome) => {
      printer = outcome;
    },
    callNext,
    recall: onHeld("RecallTicket"),
    begin,
    end,
    take,
    publish: (tone) => {
      node.act({ role: "desk", deviceId: "desk-1", clerkId: "clerk-9", counterId: null }, "PublishNotice", {
        noticeId: previewId(),
        text: tone === "urgent" ? "一楼东侧通道临时封闭，请走西门。" : "今天下午四点起，综合窗口暂停取号半小时。",
        textEn:
          tone === "urgent"
            ? "The east passage is closed. Please use the west door."
            : "From four o'clock no numbers are given for half an hour.",
        tone,
        places: ["board", "counter", "kiosk"],
        until: null,
      });
    },
    answerHelp: () => {
      for (const { id } of node.live.get().help.values()) node.act(clerkAt("1"), "AnswerHelp", { helpId: id });
    },
  };
};
