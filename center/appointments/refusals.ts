import type { Refusal, RefusalCode } from "../../shared/domain/hall/refusal.ts";
import { HttpError } from "../errors.ts";

/** Status and English sentence of what can be refused to a platform. */
const table: Partial<Record<RefusalCode, readonly [number, string]>> = {
  business_unknown: [422, "This hall has no business {business}."],
  appointments_not_offered: [422, "{business} takes no appointments."],
  appointment_day_not_offered: [422, "{business} cannot be booked on {day}: today and {days} open days ahead can."],
  slot_unknown: [422, "{business} has no slot at {slot}."],
  slot_closed: [409, "The slot at {slot} closes {minutes} minutes before it begins."],
  slot_full: [409, "The slot at {slot} is full."],
  already_booked: [409, "This person has an appointment with the department on {day} at {slot}."],
  booking_barred: [409, "This person did not keep {times} appointments and cannot book until {day}."],
  appointment_exists: [409, "This id belongs to another appointment, or to one that was cancelled."],
  appointment_unknown: [404, "There is no such appointment among those of today and ahead."],
  appointment_checked_in: [409, "A number was taken for this appointment already."],
  order_flow_unknown: [422, "This hall has no such flow."],
  order_unknown: [404, "There is no such work order."],
  check_in_too_late: [409, "The slot {slot} is over."],
};

/** A refusal as an HTTP error with the same code. */
export const refusalError = ({ code, params }: Refusal): HttpError => {
  const [status, sentence] = table[code] ?? [409, "Refused."];
  const message = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""));
  return new HttpError(code, status, message, params);
};
