/** Paths of the ticket page's two questions to the node. The key travels in the body, never in an address. */
export const TICKET_PAGE_PATH = "/api/ticket-page";
export const TICKET_CANCEL_PATH = "/api/ticket-page/cancel";
/** The short address in the QR code; leads to the page, and the browser keeps what stands behind the #. */
export const TICKET_PAGE_SHORT_PATH = "/t";

interface PageNames {
  readonly name: string;
  readonly nameEn: string;
  readonly names?: Readonly<Record<string, string>> | undefined;
}

/** What a ticket page may know: its own number and the line before it. Nothing of a person. */
export type TicketPageView =
  /** No such ticket today, or another secret: the two are not told apart. */
  | { readonly state: "unknown"; readonly againMs: number }
  | {
      readonly state: "waiting" | "called" | "serving" | "parked" | "missed" | "cancelled" | "done";
      readonly hall: PageNames;
      readonly sample: boolean;
      readonly utcOffsetMinutes: number;
      readonly number: string;
      readonly business: PageNames;
      readonly takenAt: number;
      /** People called before this one, and the expected wait in minutes; null when nobody serves the business. */
      readonly ahead: number;
      readonly minutes: { readonly from: number; readonly to: number } | null;
      /** The turn would come after the business closes; left out by a center of an older program. */
      readonly afterClosing?: boolean;
      /** Numbers of the counters that may call. */
      readonly counters: readonly number[];
      /** The counter that has called. */
      readonly counter: number | null;
      /** Services of this visit that are still to come after this one. */
      readonly stops: number;
      /** Where the service that has ended may be reviewed; null: nowhere. */
      readonly review: string | null;
      /** Hall time of this answer. */
      readonly now: number;
      /** When to ask again. */
      readonly againMs: number;
    };
