import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  APPOINTMENT_BOOK_PATH,
  APPOINTMENT_CANCEL_PATH,
  APPOINTMENT_FIND_PATH,
  APPOINTMENT_OFFER_PATH,
  APPOINTMENT_PAGE_PATH,
  APPOINTMENT_SLOTS_PATH,
  type AppointmentOffer,
  type AppointmentSlots,
  type AppointmentView,
} from "../../shared/contract/appointment-page.ts";
import type { Appointment } from "../../shared/domain/appointment/appointment.ts";
import { personNumberFault } from "../../shared/domain/appointment/person-number.ts";
import { personOfIdNumber } from "../../shared/domain/appointment/person.ts";
import { appointmentDays, slotsOf } from "../../shared/domain/appointment/slots.ts";
import type { HallPlan } from "../../shared/domain/hall/plan.ts";
import type { CenterContext } from "../context.ts";
import { apiError, HttpError } from "../errors.ts";
import type { HallLog } from "../log/hall-log.ts";
import { parseBody } from "../reviews/desk-routes.ts";
import { bookRequestSchema, holderRequestSchema, offerRequestSchema, slotsRequestSchema } from "./page-requests.ts";
import { refusalError } from "./refusals.ts";
import { runAppointment } from "./run-appointment.ts";

/** Somebody looks through days and slots; behind one address there may be a whole hall, or the proxy of a city. */
const LOOKS_PER_MINUTE = 300;
const ACTS_PER_MINUTE = 120;
/** Tries with one code: its holder types an ID number right within these, and nobody guesses one. */
const TRIES_PER_CODE = 6;

const limited = (max: number): { config: { rateLimit: object } } => ({
  config: { rateLimit: { max, timeWindow: 60_000 } },
});

const namesOf = ({ name, nameEn, names }: { name: string; nameEn: string; names?: HallPlan["names"] }) => ({
  name,
  nameEn,
  names,
});

const shown = (plan: HallPlan, hall: HallLog, held: Appointment): AppointmentView => {
  const business = plan.businesses.find(({ id }) => id === held.businessId);
  if (business === undefined) throw apiError("not_found");
  const { code, day, from, to, state } = held;
  const { earlyMinutes, lateMinutes } = plan.settings.appointments;
  const number = hall.state.tickets.get(held.ticketId ?? "")?.number ?? null;
  return {
    hallId: plan.hallId,
    hall: namesOf(plan),
    business: namesOf(business),
    ...{ code, day, from, to, state, number, earlyMinutes, lateMinutes },
  };
};

/** A number that was typed and not shown: what it has elsewhere in the hall is told to nobody. */
const withoutDetails = (error: unknown): unknown =>
  error instanceof HttpError && (error.code === "already_booked" || error.code === "booking_barred")
    ? new HttpError(error.code, error.statusCode, "This person cannot book there on this day.", {})
    : error;

/** Appointments on people's own phones: what is free, booking, and for who knows code and number seeing and cancelling. */
export const appointmentPageRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { personal, clock, halls } = context;
  const look = limited(LOOKS_PER_MINUTE);
  const act = limited(ACTS_PER_MINUTE);

  /** Which halls there are is not for strangers to find out; only where there is one, it need not be named. */
  const open = async (hallId: string): Promise<{ hall: HallLog; plan: HallPlan }> => {
    const ids = await halls.homedIds();
    const id = hallId === "" && ids.length === 1 ? ids[0] : ids.find((each) => each === hallId);
    if (id === undefined) throw apiError("not_found");
    const { hall } = await halls.get(id);
    if (hall.plan === null) throw apiError("unavailable");
    return { hall, plan: hall.plan };
  };

  const perCode = app.createRateLimit({
    max: TRIES_PER_CODE,
    timeWindow: 60_000,
    keyGenerator: (request: FastifyRequest) => {
      const body = holderRequestSchema.safeParse(request.body);
      return `appointment ${body.success ? `${body.data.hallId} ${body.data.code}` : request.ip}`;
    },
  });

  /** The appointment whose code and person were given; a wrong code and a wrong person are not told apart. */
  const held = async (request: FastifyRequest) => {
    const { hallId, code, idNumber } = parseBody(holderRequestSchema, request.body);
    const tries = await perCode(request);
    if (!tries.isAllowed && tries.isExceeded) throw apiError("too_many_requests", { seconds: tries.ttlInSeconds });
    const opened = await open(hallId);
    const personKey = personal.personKey(opened.plan.hallId, personOfIdNumber(idNumber));
    for (const appointment of opened.hall.state.appointments.values())
      if (appointment.code === code && appointment.personKey === personKey) return { ...opened, appointment };
    throw refusalError({ code: "appointment_unknown", params: {} });
  };

  app.get(APPOINTMENT_PAGE_PATH, async (_request, reply) => reply.redirect("/app/appointment.html", 302));

  app.post(APPOINTMENT_OFFER_PATH, look, async (request, reply): Promise<AppointmentOffer> => {
    const { plan } = await open(parseBody(offerRequestSchema, request.body).hallId);
    void reply.header("cache-control", "no-store");
    const businesses = plan.businesses
      .map((business) => ({
        id: business.id,
        ...namesOf(business),
        days: appointmentDays(plan, business.id, clock()),
      }))
      .filter(({ days }) => days.length > 0);
    return { hallId: plan.hallId, hall: namesOf(plan), sample: plan.sample, businesses };
  });

  app.post(APPOINTMENT_SLOTS_PATH, look, async (request, reply): Promise<AppointmentSlots> => {
    const { hallId, businessId, day } = parseBody(slotsRequestSchema, request.body);
    const { hall } = await open(hallId);
    void reply.header("cache-control", "no-store");
    const slots = slotsOf(hall.state, businessId, day, clock()).filter(({ closed }) => !closed);
    return { slots: slots.map(({ from, to, free }) => ({ from, to, free })) };
  });

  app.post(APPOINTMENT_BOOK_PATH, act, async (request, reply): Promise<AppointmentView> => {
    const body = parseBody(bookRequestSchema, request.body);
    if (personNumberFault(body.idNumber) !== null) throw apiError("bad_request", { field: "idNumber" });
    const { hall, plan } = await open(body.hallId);
    void reply.header("cache-control", "no-store");
    const { appointmentId, businessId, day, from, name, phone } = body;
    const contactId = `${appointmentId}.contact`;
    const isRepeated = hall.state.appointments.has(appointmentId);
    const made = await runAppointment(
      hall,
      { role: "page", at: clock() },
      "BookAppointment",
      {
        ...{ appointmentId, businessId, day, from, contactId },
        channel: "phone",
        itemCode: null,
        itemName: null,
        personKey: personal.personKey(plan.hallId, personOfIdNumber(body.idNumber)),
      },
      isRepeated ? [] : [{ id: contactId, kind: "contact", value: JSON.stringify({ name, phone }) }],
    ).catch((error: unknown) => {
      throw withoutDetails(error);
    });
    return shown(plan, hall, made);
  });

  app.post(APPOINTMENT_FIND_PATH, act, async (request, reply): Promise<AppointmentView> => {
    void reply.header("cache-control", "no-store");
    const { hall, plan, appointment } = await held(request);
    return shown(plan, hall, appointment);
  });

  app.post(APPOINTMENT_CANCEL_PATH, act, async (request, reply): Promise<AppointmentView> => {
    void reply.header("cache-control", "no-store");
    const { hall, plan, appointment } = await held(request);
    const cancelled = await runAppointment(hall, { role: "page", at: clock() }, "CancelAppointment", {
      appointmentId: appointment.id,
      reason: "person",
    });
    return shown(plan, hall, cancelled);
  });
};
