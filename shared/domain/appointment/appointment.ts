import { z } from "zod";

/** Where an appointment was made. `city`: pushed by the city's own platform. */
export const bookingChannelSchema = z.enum(["kiosk", "desk", "phone", "city"]);
export type BookingChannel = z.infer<typeof bookingChannelSchema>;

export interface AppointmentEvents {
  AppointmentBooked: {
    appointmentId: string;
    /** Eight digits that the person shows at check-in. */
    code: string;
    businessId: string;
    day: string;
    from: string;
    to: string;
    channel: BookingChannel;
    itemCode: string | null;
    itemName: string | null;
    /** Keyed hash of who it is for; known to the node only. */
    personKey: string | null;
    /** Id of an encrypted personal record beside the log: name and phone, for a message. */
    contactId: string | null;
  };
  AppointmentCancelled: { appointmentId: string; reason: "person" | "desk" | "platform" | "hallClosed" };
  AppointmentCheckedIn: { appointmentId: string; ticketId: string };
  /** Did not come: counted against the person, by the hall's rule. */
  AppointmentMissed: { appointmentId: string };
}

/** A place reserved in a slot. `from`, `to`: the hall's wall clock on `day`. */
export type Appointment = Readonly<AppointmentEvents["AppointmentBooked"]> & {
  readonly id: string;
  readonly state: "booked" | "arrived" | "cancelled" | "missed";
  readonly ticketId: string | null;
  readonly bookedAt: number;
};
