import { uuidv7 } from "uuidv7";
import type { Appointment } from "../../shared/domain/appointment/appointment.ts";
import type { Command, CommandData } from "../../shared/domain/hall/commands.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import type { HallLog } from "../log/hall-log.ts";
import { refusalError } from "./refusals.ts";

/**
 * Books or cancels in the hall's log for somebody who is not at a terminal.
 * @returns the appointment as it is then
 * @throws HttpError with the refusal's code
 */
export const runAppointment = async <T extends "BookAppointment" | "CancelAppointment">(
  hall: HallLog,
  { role, at }: { readonly role: "node" | "page"; readonly at: number },
  type: T,
  data: CommandData<T>,
  records: Parameters<HallLog["execute"]>[2] = [],
): Promise<Appointment> => {
  const actor: Actor = { role, deviceId: null, clerkId: null, counterId: null };
  const command = { id: uuidv7(), type, mode: "claim", at, data } as unknown as Command;
  const result = await hall.execute(command, actor, records);
  if (result.status === "refused") throw refusalError(result.refusal);
  const appointment = hall.state.appointments.get(data.appointmentId);
  if (!appointment) throw refusalError({ code: "appointment_unknown", params: {} });
  return appointment;
};
