import type { ApplicantView } from "../document/applicant-view.ts";
import type { HallState } from "../hall/state.ts";

/** What the applicant's side of a counter shows: the second display or the paired review tablet. */
export interface CounterScreen {
  readonly counterId: string;
  readonly counterNumber: number | null;
  readonly state: "closed" | "paused" | "free" | "called" | "serving";
  /** The number called or served here. */
  readonly number: string | null;
  /** An invitation to review that is still open. */
  readonly review: { readonly reviewId: string; readonly number: string | null; readonly expiresAt: number } | null;
  /** What the window has for the applicant to see; it knows, the hall's state does not. */
  readonly applicant: ApplicantView | null;
}

/** Works out what the applicant's side of a counter shows. */
export const counterScreenOf = (state: HallState, counterId: string): CounterScreen => {
  const counter = state.counters.get(counterId);
  const ticket = counter?.ticketId == null ? undefined : state.tickets.get(counter.ticketId);
  let review: CounterScreen["review"] = null;
  for (const candidate of state.reviews.values()) {
    if (candidate.counterId !== counterId || candidate.state !== "invited" || candidate.expiresAt === null) continue;
    if (review === null || candidate.expiresAt > review.expiresAt)
      review = { reviewId: candidate.id, number: candidate.number, expiresAt: candidate.expiresAt };
  }
  return {
    counterId,
    counterNumber: state.plan?.counters.find((planned) => planned.id === counterId)?.number ?? null,
    state:
      ticket?.state === "serving"
        ? "serving"
        : ticket?.state === "called"
          ? "called"
          : counter?.state === "open"
            ? "free"
            : (counter?.state ?? "closed"),
    number: ticket?.number ?? null,
    review,
    applicant: null,
  };
};
