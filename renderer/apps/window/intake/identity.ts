import type { IdCard } from "../../../../shared/domain/id-card/id-card.ts";
import type { Draft } from "./draft.ts";
import type { ScannedLicence } from "./scanner.ts";

const merged = (draft: Draft, section: string, values: Readonly<Record<string, unknown>>): Draft["form"] => ({
  ...draft.form,
  [section]: { ...draft.form[section], ...values },
});

/** Where a person's card goes: the applicant, or who represents the firm or comes for somebody else. */
export type CardGoesTo = "applicant" | "agent";

/** A card that was read, in the form: what the card says goes before what was typed. */
export const withCard = (draft: Draft, card: IdCard, goesTo: CardGoesTo): Draft => {
  if (goesTo === "agent")
    return {
      ...draft,
      form: merged(draft, "agent", { present: true, name: card.name, idType: "111", idNumber: card.idNumber }),
    };
  if (draft.subject === "legal")
    return {
      ...draft,
      form: merged(draft, "firm", {
        representative: card.name,
        representativeIdType: "111",
        representativeIdNumber: card.idNumber,
      }),
    };
  return {
    ...draft,
    identity: { source: "reader", overrideReason: null },
    form: merged(draft, "person", {
      name: card.name,
      idType: "111",
      idNumber: card.idNumber,
      gender: card.gender,
      nation: card.nation,
      birthDate: card.birthDate,
      address: card.address,
    }),
  };
};

/** The QR code of an electronic ID or business licence, in the form. */
export const withLicence = (draft: Draft, licence: ScannedLicence): Draft =>
  licence.kind === "id"
    ? {
        ...draft,
        subject: "person",
        identity: { source: "qr", overrideReason: null },
        form: merged(draft, "person", { name: licence.name, idType: "111", idNumber: licence.number }),
      }
    : {
        ...draft,
        subject: "legal",
        identity: { source: "qr", overrideReason: null },
        form: merged(draft, "firm", { name: licence.name, creditCode: licence.number }),
      };
