import type { AppointmentOffer, AppointmentSlots, AppointmentView } from "../../shared/contract/appointment-page.ts";
import { personNumberFault } from "../../shared/domain/appointment/person-number.ts";
import { isPhone } from "../../shared/domain/identity/phone.ts";
import type { Language } from "../languages.ts";
import type { T } from "../phone/texts.ts";

export type FieldName = "name" | "idNumber" | "phone" | "code";

/** What stands on the page; drawn anew after each change. */
export interface Model {
  readonly language: Language;
  readonly t: T;
  readonly offer: AppointmentOffer | null;
  readonly tab: "make" | "mine";
  readonly businessId: string | null;
  readonly day: string | null;
  readonly slots: AppointmentSlots["slots"] | null;
  readonly from: string | null;
  readonly fields: Readonly<Record<FieldName, string>>;
  /** Keys of the sentences under the fields. */
  readonly faults: Readonly<Partial<Record<FieldName, string>>>;
  /** A sentence above the step: why the last act did not work. */
  readonly problem: string | null;
  readonly isAsking: boolean;
  readonly held: AppointmentView | null;
  /** The appointment was made just now, not looked up. */
  readonly isNew: boolean;
  readonly isAskingToCancel: boolean;
  /** The same one until it is booked: an answer that got lost books nothing twice. */
  readonly appointmentId: string;
}

/** What is wrong in the form of somebody who books. */
export const bookFaults = ({ name, idNumber, phone }: Model["fields"]): Model["faults"] => {
  const number = personNumberFault(idNumber);
  return {
    ...(name.trim() === "" ? { name: "appointment:fault.name" } : {}),
    ...(number === null ? {} : { idNumber: `appointment:fault.${number}` }),
    ...(phone.trim() === "" || isPhone(phone.replaceAll(/\s/g, "")) ? {} : { phone: "appointment:fault.phone" }),
  };
};

/** Digits of a code, however they were written down. */
export const plainCode = (typed: string): string => typed.normalize("NFKC").replaceAll(/\D/g, "");

/** What is wrong in the form of somebody who looks for their appointment. */
export const findFaults = ({ code, idNumber }: Model["fields"]): Model["faults"] => {
  const number = personNumberFault(idNumber);
  return {
    ...(plainCode(code).length === 8 ? {} : { code: "appointment:fault.code" }),
    ...(number === null ? {} : { idNumber: `appointment:fault.${number}` }),
  };
};
