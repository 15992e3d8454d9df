import { z } from "zod";

/** Path of the list of the hall's clerks, for a desk with somebody signed in. Events carry clerk ids only. */
export const DESK_CLERKS_PATH = "/api/desk/clerks";

/** Path of who an appointment is for: name and phone, masked, to reach them. */
export const DESK_CONTACT_PATH = "/api/desk/appointment-contact";

export const deskClerksSchema = z.object({
  deviceId: z.string().max(64),
  secret: z.string().max(128),
  clerkId: z.string().max(64),
});
export const deskContactSchema = deskClerksSchema.extend({ contactId: z.string().min(1).max(64) });

export const clerkListSchema = z.object({
  clerks: z.array(z.object({ clerkId: z.string(), clerkNo: z.string(), name: z.string() })),
});
export type ClerkList = z.infer<typeof clerkListSchema>;

/** What is kept of who booked. */
export const bookingContactSchema = z.object({ name: z.string().max(60), phone: z.string().max(30) });
export type BookingContact = z.infer<typeof bookingContactSchema>;

/** Path of the last changes of the hall's plan: what, when, who, why. */
export const DESK_PLANS_PATH = "/api/desk/plan-history";
export const planHistorySchema = z.object({
  changes: z.array(
    z.object({
      seq: z.number(),
      at: z.number(),
      /** null: the plan came as a whole, with the program or from the city. */
      change: z.object({ reason: z.string(), clerkId: z.string().nullable() }).nullable(),
      differences: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
});
export type PlanHistory = z.infer<typeof planHistorySchema>;
