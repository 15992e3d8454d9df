import type { Subject } from "../../../shared/domain/catalogue/catalogue.ts";
import type { TakenNumber, TakeProblem } from "./take-ticket.ts";

/** A service item or a one-thing package, by its key in the catalogue. */
export interface EntryRef {
  readonly kind: "item" | "package";
  readonly id: string;
}

export type Way = "ask" | "search" | "lifeEvents" | "departments" | "packages" | "popular";

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
  | { readonly at: "confirm"; readonly businessId: string; readonly entry: EntryRef | null }
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
}

export type FlowAction =
  | { readonly do: "open"; readonly screen: Exclude<Screen, { at: "confirm" | "number" | "start" }> }
  | {
      readonly do: "confirm";
      readonly businessId: string;
      readonly entry: EntryRef | null;
      /** Used when the visit has no ticket id yet. */
      readonly newTicketId: string;
    }
  | { readonly do: "back" }
  | { readonly do: "type"; readonly query: string }
  | { readonly do: "take" }
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
};

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
        screens: [...flow.screens, { at: "confirm", businessId: action.businessId, entry: action.entry }],
      };
    case "back": {
      if (shown.at === "number") return newVisit;
      const [first, ...rest] = flow.screens;
      return { ...flow, problem: null, screens: [first, ...rest.slice(0, -1)] };
    }
    case "type":
      return { ...flow, query: action.query };
    case "take":
      return shown.at === "confirm" && flow.ticketId !== null ? { ...flow, isTaking: true, problem: null } : flow;
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
