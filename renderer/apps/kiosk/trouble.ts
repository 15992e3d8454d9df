import type { RefusalCode } from "../../../shared/domain/hall/refusal.ts";
import type { TakeProblem } from "./take-ticket.ts";

/** What kind of trouble it is for the person: each has a title of its own and its own way on. */
export type TroubleKind =
  "wrongHour" | "capReached" | "noCounter" | "alreadyWaiting" | "appointment" | "notKept" | "other";

const kinds: Partial<Readonly<Record<RefusalCode, TroubleKind>>> = {
  not_open_yet: "wrongHour",
  in_break: "wrongHour",
  closed_for_today: "wrongHour",
  closed_today: "wrongHour",
  last_number_passed: "wrongHour",
  day_not_open: "wrongHour",
  daily_cap_reached: "capReached",
  slot_cap_reached: "capReached",
  numbers_exhausted: "capReached",
  no_open_counter: "noCounter",
  already_waiting: "alreadyWaiting",
  appointment_unknown: "appointment",
  appointment_cancelled: "appointment",
  appointment_checked_in: "appointment",
  check_in_too_early: "appointment",
  check_in_too_late: "appointment",
};

export const troubleKindOf = (problem: TakeProblem): TroubleKind => {
  switch (problem.kind) {
    case "refused":
      return kinds[problem.refusal.code] ?? "other";
    case "noNumbersLeft":
      return "capReached";
    case "notKept":
      return "notKept";
    default:
      return problem satisfies never;
  }
};
