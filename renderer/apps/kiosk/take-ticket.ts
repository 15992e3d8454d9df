import { dayOf } from "../../../shared/basics/time.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { freeLeaseSerials } from "../../../shared/domain/queue/lease.ts";
import { formatNumber } from "../../../shared/domain/queue/ticket-number.ts";
import { followDigest } from "../../../shared/domain/kiosk/ticket-page.ts";
import type { VisitStop } from "../../../shared/domain/queue/visit-stop.ts";
import type { Terminal } from "../../store/terminal.ts";
import type { WishClass } from "./flow.ts";

/** What a person asked for on the confirm screen. */
export interface TakeWish {
  readonly ticketId: string;
  readonly businessId: string;
  readonly class: WishClass | "appointment";
  readonly itemCode: string | null;
  readonly itemName: string | null;
  /** Further services of this visit. */
  readonly stops?: readonly VisitStop[];
  readonly greenCode?: string | null;
  readonly appointmentId?: string | null;
  readonly person?: Person | null;
  /** 32 hex digits, random: opens the ticket's page on a phone. Left out: nobody can follow it. */
  readonly secret?: string;
}

/** Who takes the number, as far as the hall asks. */
export interface Person {
  /** What the node makes a key of: the way and what was read or typed. */
  readonly value: string;
  /** On the paper: a phone as 138****5678, a card by its last four. */
  readonly shown: string;
}

export interface TakenNumber {
  readonly ticketId: string;
  readonly number: string;
  readonly businessId: string;
  readonly itemName: string | null;
  readonly takenAt: number;
  /** From the lease, while the node was away. */
  readonly isOffline: boolean;
  readonly class?: TakeWish["class"];
  /** Services that follow with the same number. */
  readonly stops?: number;
  readonly secret?: string;
  readonly personShown?: string;
}

/** Why there is no number; each has a sentence and a way out. */
export type TakeProblem =
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** No network, and the numbers held for that are used up. */
  | { readonly kind: "noNumbersLeft" }
  /** The local database could not be written: a number now could be lost. */
  | { readonly kind: "notKept" };

export type TakeOutcome =
  { readonly ok: true; readonly taken: TakenNumber } | { readonly ok: false; readonly problem: TakeProblem };

type TakeTerminal = Pick<Terminal, "send" | "newId" | "now"> & {
  readonly hall: Pick<Terminal["hall"], "get">;
  readonly info: { readonly credentials: { readonly deviceId: string } | null };
};

/** What the command says of a wish, and beside it who it is. */
const commandOf = (terminal: Pick<Terminal, "newId">, wish: TakeWish) => {
  const { ticketId, businessId, itemCode, itemName, stops = [], greenCode, appointmentId, person, secret } = wish;
  return {
    data: {
      ticketId,
      businessId,
      class: wish.class,
      itemCode,
      itemName,
      personKey: null,
      ...(stops.length === 0 ? {} : { stops: [...stops] }),
      ...(greenCode == null ? {} : { greenCode }),
      ...(appointmentId == null ? {} : { appointmentId }),
      ...(secret === undefined ? {} : { followHash: followDigest(secret) }),
    },
    personal: person == null ? [] : [{ id: terminal.newId(), kind: "person" as const, value: person.value }],
  };
};

const factsOf = ({ class: ticketClass, stops = [], secret, person }: TakeWish) => ({
  class: ticketClass,
  stops: stops.length,
  ...(secret === undefined ? {} : { secret }),
  ...(person == null ? {} : { personShown: person.shown }),
});

const failed = (problem: TakeProblem): TakeOutcome => ({ ok: false, problem });

/** The serial that this kiosk gives next without the node, or undefined when its lease for today is used up. */
export const nextLeaseSerial = (
  state: HallState,
  deviceId: string | null,
  now: number,
  businessId: string,
): { readonly day: string; readonly serial: number } | undefined => {
  if (state.plan === null || deviceId === null) return undefined;
  // The clock, not state.day: over night without the node the state still stands at yesterday.
  const day = dayOf(now, state.plan.utcOffsetMinutes);
  const [serial] = freeLeaseSerials(state, deviceId, day, businessId);
  return serial === undefined ? undefined : { day, serial };
};

/** Gives a number from the lease: a record, because the person holds it from now on. */
const takeFromLease = async (
  terminal: TakeTerminal,
  wish: TakeWish,
  unanswered: string | null,
): Promise<TakeOutcome> => {
  const now = terminal.now();
  const deviceId = terminal.info.credentials?.deviceId ?? null;
  const lease = nextLeaseSerial(terminal.hall.get(), deviceId, now, wish.businessId);
  if (!lease) return failed({ kind: "noNumbersLeft" });
  const ticketId = unanswered === null ? wish.ticketId : terminal.newId();
  const { data, personal } = commandOf(terminal, wish);
  const outcome = await terminal.send(
    "TakeTicket",
    { ...data, ticketId, lease, ...(unanswered === null ? {} : { replaces: unanswered }) },
    { mode: "record", personal },
  );
  switch (outcome.status) {
    case "accepted":
    case "kept":
      return {
        ok: true,
        taken: {
          ticketId,
          number:
            terminal.hall.get().tickets.get(ticketId)?.number ??
            formatNumber(wish.class, wish.businessId, lease.serial),
          businessId: wish.businessId,
          itemName: wish.itemName,
          takenAt: now,
          isOffline: true,
          ...factsOf(wish),
        },
      };
    case "refused":
      return failed({ kind: "refused", refusal: outcome.refusal });
    case "notKept":
    case "offline":
    case "unanswered":
      return failed({ kind: "notKept" });
    default:
      return outcome satisfies never;
  }
};

/**
 * Takes a number: from the node when it answers, else from the lease. The same wish twice is the same ticket.
 * A claim without an answer may still take effect at the node; the record from the lease takes it back (`replaces`).
 */
export const takeTicket = async (terminal: TakeTerminal, wish: TakeWish): Promise<TakeOutcome> => {
  const known = (): TakeOutcome | undefined => {
    const ticket = terminal.hall.get().tickets.get(wish.ticketId);
    if (!ticket) return undefined;
    const { number, businessId, takenAt, source } = ticket;
    const taken = { ticketId: ticket.id, number, businessId, itemName: wish.itemName, takenAt };
    return { ok: true, taken: { ...taken, isOffline: source === "lease", ...factsOf(wish) } };
  };
  const already = known();
  if (already) return already;
  const { data, personal } = commandOf(terminal, wish);
  const outcome = await terminal.send("TakeTicket", data, { mode: "claim", personal });
  switch (outcome.status) {
    case "accepted":
    case "kept":
      return known() ?? failed({ kind: "notKept" });
    case "refused":
      // The first try did get through: it is this person's own ticket.
      if (outcome.refusal.code === "ticket_exists")
        return known() ?? failed({ kind: "refused", refusal: outcome.refusal });
      return failed({ kind: "refused", refusal: outcome.refusal });
    case "offline":
      return takeFromLease(terminal, wish, null);
    case "unanswered":
      return takeFromLease(terminal, wish, wish.ticketId);
    case "notKept":
      return failed({ kind: "notKept" });
    default:
      return outcome satisfies never;
  }
};
