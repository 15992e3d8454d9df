import { ok } from "../../basics/result.ts";
import { spread } from "../../basics/spread.ts";
import { assertNever } from "../../basics/assert-never.ts";
import type { CommandOf } from "../hall/commands.ts";
import { happened, instantOf, refuse, type DecideContext, type Decision } from "../hall/decision.ts";
import type { HallState } from "../hall/state.ts";
import type { Appointment } from "./appointment.ts";
import { bookingBlockOf, slotsOf } from "./slots.ts";

/** Eight digits from the appointment's random id; another try when they are taken on that day. */
const codeFor = (state: HallState, appointmentId: string, day: string): string => {
  const taken = new Set<string>();
  for (const other of state.appointments.values()) if (other.day === day) taken.add(other.code);
  for (let attempt = 0; ; attempt += 1) {
    const code = String(spread(`${appointmentId}/${String(attempt)}`) % 100_000_000).padStart(8, "0");
    if (!taken.has(code)) return code;
  }
};

const sameBooking = (held: Appointment, wish: CommandOf<"BookAppointment">["data"]): boolean =>
  held.businessId === wish.businessId &&
  held.day === wish.day &&
  held.from === wish.from &&
  held.personKey === wish.personKey;

const book = (state: HallState, command: CommandOf<"BookAppointment">, context: DecideContext): Decision => {
  const wish = command.data;
  const held = state.appointments.get(wish.appointmentId);
  // A platform pushes again what it is not sure of: the same once more changes nothing.
  if (held) return held.state !== "cancelled" && sameBooking(held, wish) ? ok([]) : refuse("appointment_exists");
  const block = bookingBlockOf(state, wish, context.now);
  if (block) return refuse(block.code, block.params);
  const slot = slotsOf(state, wish.businessId, wish.day, context.now).find(({ from }) => from === wish.from);
  return ok([
    happened("AppointmentBooked", instantOf(command, context), {
      ...wish,
      to: slot?.to ?? wish.from,
      code: codeFor(state, wish.appointmentId, wish.day),
    }),
  ]);
};

/** Decides about appointments; checking in is taking a number (`TakeTicket.appointmentId`). */
export const decideAppointment = (
  state: HallState,
  command: CommandOf<"BookAppointment" | "CancelAppointment">,
  context: DecideContext,
): Decision => {
  switch (command.type) {
    case "BookAppointment":
      return book(state, command, context);
    case "CancelAppointment": {
      const { appointmentId, reason } = command.data;
      const held = state.appointments.get(appointmentId);
      if (!held) return refuse("appointment_unknown");
      if (held.state === "cancelled") return ok([]);
      if (held.state === "arrived") return refuse("appointment_checked_in");
      if (held.state === "missed") return refuse("check_in_too_late", { slot: `${held.from}-${held.to}` });
      return ok([happened("AppointmentCancelled", instantOf(command, context), { appointmentId, reason })]);
    }
    default:
      return assertNever(command);
  }
};
