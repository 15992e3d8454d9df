import { z } from "zod";
import type { Slot } from "../domain/appointment/slots.ts";
import type { Appointment } from "../domain/appointment/appointment.ts";

/** Base path of the API for the city's own booking platforms; docs/platform-api.md tells it in words. */
export const PLATFORM_PATH = "/api/platform/halls/:hallId";

const day = z.iso.date();

export const platformSlotsSchema = z.object({ business: z.string().min(1).max(2), day: day.optional() });

/** What a platform pushes. The person is turned into a keyed hash; name and phone are kept sealed for the desk. */
export const platformBookingSchema = z.object({
  business: z.string().min(1).max(2),
  day,
  from: z.string().regex(/^\d{2}:\d{2}$/),
  itemCode: z.string().max(64).nullable().default(null),
  itemName: z.string().max(200).nullable().default(null),
  person: z.object({
    idNumber: z.string().trim().min(6).max(40),
    name: z.string().trim().min(1).max(60),
    phone: z.string().trim().max(30).default(""),
  }),
});

export interface PlatformSlots {
  readonly days: readonly string[];
  readonly slots: readonly Slot[];
}

export type PlatformAppointment = Pick<Appointment, "code" | "businessId" | "day" | "from" | "to" | "state">;
