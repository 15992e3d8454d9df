/** The short address of the page on which people make appointments; the hall's id stands behind the #. */
export const APPOINTMENT_PAGE_PATH = "/a";
/** The page's questions to the node. Who somebody is travels in the body, never in an address. */
export const APPOINTMENT_OFFER_PATH = "/api/appointments/offer";
export const APPOINTMENT_SLOTS_PATH = "/api/appointments/slots";
export const APPOINTMENT_BOOK_PATH = "/api/appointments/book";
export const APPOINTMENT_FIND_PATH = "/api/appointments/find";
export const APPOINTMENT_CANCEL_PATH = "/api/appointments/cancel";

interface PageNames {
  readonly name: string;
  readonly nameEn: string;
  readonly names?: Readonly<Record<string, string>> | undefined;
}

/** What can be booked in a hall. */
export interface AppointmentOffer {
  readonly hallId: string;
  readonly hall: PageNames;
  readonly sample: boolean;
  readonly businesses: readonly (PageNames & { readonly id: string; readonly days: readonly string[] })[];
}

export interface AppointmentSlots {
  readonly slots: readonly { readonly from: string; readonly to: string; readonly free: number }[];
}

/** An appointment as its holder's phone may know it: nothing of a person. */
export interface AppointmentView {
  readonly hallId: string;
  readonly hall: PageNames;
  readonly code: string;
  readonly business: PageNames;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly state: "booked" | "arrived" | "cancelled" | "missed";
  /** The ticket number that was taken for it. */
  readonly number: string | null;
  /** Minutes before the slot in which check-in is open, and after it. */
  readonly earlyMinutes: number;
  readonly lateMinutes: number;
}
