import { z } from "zod";

/** Empty: the only hall that this center has, if it has one only. */
const hallId = z.string().max(40);
const idNumber = z.string().trim().min(1).max(40);

export const offerRequestSchema = z.object({ hallId });
export const slotsRequestSchema = z.object({
  hallId,
  businessId: z.string().min(1).max(2),
  day: z.iso.date(),
});
export const bookRequestSchema = slotsRequestSchema.extend({
  /** Made by the page: the same one once more, after an answer was lost, is the same appointment. */
  appointmentId: z.uuid(),
  from: z.string().regex(/^\d{2}:\d{2}$/),
  idNumber,
  name: z.string().trim().min(1).max(60),
  phone: z.string().trim().max(30),
});
/** Only who knows both the code and whose it is may see or cancel an appointment. */
export const holderRequestSchema = z.object({ hallId, code: z.string().regex(/^\d{8}$/), idNumber });
