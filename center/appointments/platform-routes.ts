import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  PLATFORM_PATH,
  platformBookingSchema,
  platformSlotsSchema,
  type PlatformAppointment,
  type PlatformSlots,
} from "../../shared/contract/platform.ts";
import { personOfIdNumber } from "../../shared/domain/appointment/person.ts";
import type { Appointment } from "../../shared/domain/appointment/appointment.ts";
import { appointmentDays, slotsOf } from "../../shared/domain/appointment/slots.ts";
import type { CommandData } from "../../shared/domain/hall/commands.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { HallLog } from "../log/hall-log.ts";
import { parseBody } from "../reviews/desk-routes.ts";
import { platformOf } from "./platforms.ts";
import { refusalError } from "./refusals.ts";
import { runAppointment } from "./run-appointment.ts";

/** A platform pushes for a whole city. */
const limit = { config: { rateLimit: { max: 1_200, timeWindow: 60_000 } } };
const pathSchema = z.object({ hallId: z.string().max(40), externalId: z.string().min(1).max(64).optional() });

const shown = ({ code, businessId, day, from, to, state }: Appointment): PlatformAppointment => ({
  code,
  businessId,
  day,
  from,
  to,
  state,
});

/**
 * Appointments of the city's own booking platform. PUT with the platform's own id is idempotent: the same once more
 * answers the same, another one under the same id is refused.
 */
export const platformRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock, personal } = context;

  const open = async (request: FastifyRequest): Promise<{ hall: HallLog; appointmentId: string }> => {
    const platformId = await platformOf(database, request);
    const { hallId, externalId = "" } = parseBody(pathSchema, request.params);
    if (!(await context.halls.homedIds()).includes(hallId)) throw apiError("not_found");
    const { hall } = await context.halls.get(hallId);
    const name = createHash("sha256").update(`${platformId}\n${externalId}`).digest("hex").slice(0, 32);
    return { hall, appointmentId: `city-${name}` };
  };
  const run = <T extends "BookAppointment" | "CancelAppointment">(
    hall: HallLog,
    type: T,
    data: CommandData<T>,
    records: Parameters<HallLog["execute"]>[2] = [],
  ): Promise<Appointment> => runAppointment(hall, { role: "node", at: clock() }, type, data, records);

  app.get(`${PLATFORM_PATH}/slots`, limit, async (request): Promise<PlatformSlots> => {
    const { hall } = await open(request);
    const { business, day } = parseBody(platformSlotsSchema, request.query);
    const now = clock();
    if (hall.plan === null) throw apiError("unavailable");
    const days = appointmentDays(hall.plan, business, now);
    return { days, slots: day === undefined ? [] : slotsOf(hall.state, business, day, now) };
  });

  app.put(`${PLATFORM_PATH}/appointments/:externalId`, limit, async (request, reply): Promise<PlatformAppointment> => {
    const { hall, appointmentId } = await open(request);
    const { business, day, from, itemCode, itemName, person } = parseBody(platformBookingSchema, request.body);
    const known = hall.state.appointments.has(appointmentId);
    const contactId = `${appointmentId}.contact`;
    const appointment = await run(
      hall,
      "BookAppointment",
      {
        appointmentId,
        businessId: business,
        day,
        from,
        channel: "city",
        itemCode,
        itemName,
        personKey: personal.personKey(hall.hallId, personOfIdNumber(person.idNumber)),
        contactId,
      },
      known
        ? []
        : [{ id: contactId, kind: "contact", value: JSON.stringify({ name: person.name, phone: person.phone }) }],
    );
    void reply.code(known ? 200 : 201);
    return shown(appointment);
  });

  app.get(`${PLATFORM_PATH}/appointments/:externalId`, limit, async (request): Promise<PlatformAppointment> => {
    const { hall, appointmentId } = await open(request);
    const appointment = hall.state.appointments.get(appointmentId);
    if (!appointment) throw refusalError({ code: "appointment_unknown", params: {} });
    return shown(appointment);
  });

  app.delete(`${PLATFORM_PATH}/appointments/:externalId`, limit, async (request): Promise<PlatformAppointment> => {
    const { hall, appointmentId } = await open(request);
    return shown(await run(hall, "CancelAppointment", { appointmentId, reason: "platform" }));
  });
};
