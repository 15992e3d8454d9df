import type { Subject } from "../../../shared/domain/catalogue/catalogue.ts";
import { MAX_STOPS } from "../../../shared/domain/queue/visit-stop.ts";
import type { TakenNumber, TakeProblem } from "./take-ticket.ts";

/** A service item or a one-thing package, by its key in the catalogue. */
export interface EntryRef {
  readonly kind: "item" | "package";
  readonly id: string;
}

export type Way = "ask" | "search" | "lifeEvents" | "departments" | "packages" | "popular";
/** What else a kiosk does than giving a number for a new matter. */
export type Errand = "checkIn" | "book" | "progress" | "review" | "reprint" | "green" | "cannot";

/** A service that a number is taken for. */
export interface ChosenService {
  readonly businessId: string;
  readonly entry: EntryRef | null;
}

/** Most services of one visit; the number goes on from one to the next. */
export const MOST_SERVICES = MAX_STOPS + 1;

export type WishClass = "ordinary" | "priority" | "pickup" | "green";

export type Screen =
  | { readonly at: "start" }
  /** "Whom is it for?", the first question of "I don't know". */
  | { readonly at: "ask" }
  | { readonly at: "lifeEvents"; readonly audience: Subject | null }
  | { readonly at: "departments" }
  | { readonly at: "packages" }
  | { readonly at: "popular" }
  | { readonly at: "search" }
  | { readonly at: "lifeEvent"; readonly id: string }
  | { readonly at: "department"; readonly name: string }
  | { readonly at: "guide"; readonly entry: EntryRef }
  | { readonly at: Errand }
  | {
      readonly at: "confirm";
      readonly businessId: string;
      readonly entry: EntryRef | null;
      /** Results are fetched by numbers of their own class. */
      readonly isPickup?: boolean;
    }
  /** "Who are you?", where the hall asks it; comes after the decision to take a number. */
  | { readonly at: "identify"; readonly class: WishClass }
  | { readonly at: "number"; readonly taken: TakenNumber };

/** One visit of one person. */
export interface Flow {
  /** Never empty; the last one is shown. */
  readonly screens: readonly [Screen, ...Screen[]];
  readonly query: string;
  /** Made when the first confirm screen opens; every tap on "take a number" of this visit means this one ticket. */
  readonly ticketId: string | null;
  readonly isTaking: boolean;
  readonly problem: TakeProblem | null;
  /** Services chosen before the one on the confirm screen. */
  readonly services: readonly ChosenService[];
  /** Digest of the code that opened the green channel for this visit. */
  readonly greenCode: string | null;
}

export type FlowAction =
  | { readonly do: "open"; readonly screen: Exclude<Screen, { at: "confirm" | "identify" | "number" | "start" }> }
  | {
      readonly do: "confirm";
      readonly businessId: string;
      readonly entry: EntryRef | null;
      readonly isPickup?: boolean;
      /** Used when the visit has no ticket id yet. */
      readonly newTicketId: string;
    }
  /** Keeps the service of the confirm screen and looks for another one. */
  | { readonly do: "addService" }
  | { readonly do: "removeService"; readonly index: number }
  | { readonly do: "openGreen"; readonly greenCode: string }
  | { readonly do: "identify"; readonly class: WishClass }
  | { readonly do: "back" }
  | { readonly do: "type"; readonly query: string }
  /** `newTicketId`: for a check-in, which has no confirm screen before it. */
  | { readonly do: "take"; readonly newTicketId?: string }
  | { readonly do: "taken"; readonly taken: TakenNumber }
  | { readonly do: "failed"; readonly problem: TakeProblem }
  /** Forgets the visit. */
  | { readonly do: "home" };

export const newVisit: Flow = {
  screens: [{ at: "start" }],
  query: "",
  ticketId: null,
  isTaking: false,
  problem: null,
  services: [],
  greenCode: null,
};

/** Where a number may be asked for. */
const mayTakeAt = ({ at }: Screen): boolean => at === "confirm" || at === "identify" || at === "checkIn";

export const shownScreen = (flow: Flow): Screen => flow.screens.at(-1) ?? flow.screens[0];

/**
 * The visit after an act. While a number is being asked for, nothing but its answer counts: the second tap, "back" and
 * "home" of an impatient person never lead to a second ticket or to a ticket that nobody sees.
 */
export const nextFlow = (flow: Flow, action: FlowAction): Flow => {
  const shown = shownScreen(flow);
  if (flow.isTaking && action.do !== "taken" && action.do !== "failed") return flow;
  switch (action.do) {
    case "open":
      return shown.at === "number" ? flow : { ...flow, problem: null, screens: [...flow.screens, action.screen] };
    case "confirm":
      if (shown.at === "number") return flow;
      return {
        ...flow,
        problem: null,
        ticketId: flow.ticketId ?? action.newTicketId,
        screens: [
          ...flow.screens,
          {
            at: "confirm",
            businessId: action.businessId,
            entry: action.entry,
            ...(action.isPickup === true ? { isPickup: true } : {}),
          },
        ],
      };
    case "addService": {
      if (shown.at !== "confirm" || flow.services.length >= MOST_SERVICES - 1) return flow;
      const { businessId, entry } = shown;
      return { ...flow, services: [...flow.services, { businessId, entry }], screens: newVisit.screens, query: "" };
    }
    case "removeService":
      return { ...flow, services: flow.services.filter((_, index) => index !== action.index) };
    case "openGreen":
      return { ...flow, greenCode: action.greenCode, screens: newVisit.screens };
    case "identify":
      return shown.at === "confirm"
        ? { ...flow, problem: null, screens: [...flow.screens, { at: "identify", class: action.class }] }
        : flow;
    case "back": {
      if (shown.at === "number") return newVisit;
      // Back from a trouble leads to where it was met.
      if (flow.problem !== null) return { ...flow, problem: null };
      const [first, ...rest] = flow.screens;
      return { ...flow, problem: null, screens: [first, ...rest.slice(0, -1)] };
    }
    case "type":
      return { ...flow, query: action.query };
    case "take": {
      const ticketId = flow.ticketId ?? action.newTicketId ?? null;
      return mayTakeAt(shown) && ticketId !== null ? { ...flow, ticketId, isTaking: true, problem: null } : flow;
    }
    case "taken":
      return flow.isTaking ? { ...newVisit, screens: [{ at: "start" }, { at: "number", taken: action.taken }] } : flow;
    case "failed":
      return flow.isTaking ? { ...flow, isTaking: false, problem: action.problem } : flow;
    case "home":
      return newVisit;
    default:
      return action satisfies never;
  }
};
