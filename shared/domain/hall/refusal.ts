/**
 * Why a claim was refused. Each code has a sentence in the locale files (`refusal:<code>`), saying what is wrong and
 * what to do; `params` fill its placeholders.
 */
export type RefusalCode =
  | "not_permitted"
  | "bad_command"
  | "hall_not_set_up"
  | "business_unknown"
  | "no_open_counter"
  | "daily_cap_reached"
  | "numbers_exhausted"
  | "already_waiting"
  | "ticket_exists"
  | "green_code_unknown"
  | "ticket_unknown"
  | "ticket_not_waiting"
  | "ticket_not_called"
  | "ticket_not_serving"
  | "ticket_not_parked"
  | "ticket_not_missed"
  | "ticket_already_called"
  | "ticket_at_other_counter"
  | "return_not_allowed"
  | "nobody_waiting"
  | "counter_unknown"
  | "counter_not_open"
  | "counter_paused"
  | "counter_busy"
  | "counter_taken"
  | "counter_not_yours"
  | "business_not_served"
  | "call_withdrawn"
  | "nothing_to_withdraw"
  | "lease_unknown"
  | "number_already_taken"
  | "review_unknown"
  | "review_over"
  | "review_not_flagged"
  | "rectification_unknown"
  | "rectification_closed"
  | "rectification_open"
  | "rectification_anonymous"
  | "rectification_lacks_cause"
  | "rectification_lacks_measure"
  | "rectification_lacks_answer"
  | "rectification_lacks_call_back"
  | "rectification_lacks_appeal_decision"
  | "own_review"
  | "appeal_exists"
  | "appeal_unknown"
  | "same_person"
  | "help_unknown"
  | "day_not_open";

export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string | number>>;
}
