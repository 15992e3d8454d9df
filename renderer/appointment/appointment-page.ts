import {
  APPOINTMENT_BOOK_PATH,
  APPOINTMENT_CANCEL_PATH,
  APPOINTMENT_FIND_PATH,
  APPOINTMENT_OFFER_PATH,
  APPOINTMENT_SLOTS_PATH,
  type AppointmentOffer,
  type AppointmentSlots,
  type AppointmentView,
} from "../../shared/contract/appointment-page.ts";
import type { Language } from "../languages.ts";
import { askCenter, type Answer } from "../phone/ask.ts";
import { firstLanguage, keepLanguage, loadTexts, nameIn, textsOf, type Texts } from "../phone/texts.ts";
import { drawPage, type Acts } from "./draw-page.ts";
import { bookFaults, findFaults, plainCode, type FieldName, type Model } from "./model.ts";

const files = import.meta.glob<Texts>("../locales/*/appointment.json", { import: "default" });
/** The hall's refusals in the words of the public screens: loaded when there is one. */
const refusals = import.meta.glob<Texts>("../locales/*/publicRefusal.json", { import: "default" });

/** A UUID (version 4). `crypto.randomUUID` is not there on pages that a hall serves without TLS. */
const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

const RETRY_MS = 8_000;
const nothing: Model["fields"] = { name: "", idNumber: "", phone: "", code: "" };
const start = {
  businessId: null,
  day: null,
  slots: null,
  from: null,
  fields: nothing,
  faults: {},
  problem: null,
  isAsking: false,
  held: null,
  isNew: false,
  isAskingToCancel: false,
} as const;

/** Failures with a sentence of this page; every other refusal has the one of the public screens. */
const OWN: Readonly<Record<string, string>> = {
  down: "appointment:problem.down",
  already_booked: "appointment:problem.alreadyBooked",
  booking_barred: "appointment:problem.barred",
  appointment_unknown: "appointment:problem.unknown",
  too_many_requests: "appointment:problem.busy",
};

/** The page on which people make, see and cancel an appointment of the hall whose id stands behind the #. */
export const startAppointmentPage = async (root: HTMLElement): Promise<void> => {
  const [hallId = "", code = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  const first = firstLanguage();
  let model: Model = {
    ...start,
    fields: { ...nothing, code },
    language: first,
    t: (await loadTexts(files, first)) ?? ((key) => key),
    offer: null,
    tab: code === "" ? "make" : "mine",
    appointmentId: newId(),
  };
  const typed = (): Model["fields"] => {
    const read = (name: FieldName): string =>
      root.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? model.fields[name];
    return { name: read("name"), idNumber: read("idNumber"), phone: read("phone"), code: read("code") };
  };
  const change = (next: Partial<Model>): void => {
    model = { ...model, fields: typed(), ...next };
    drawPage(root, model, acts);
  };
  const business = () => model.offer?.businesses.find(({ id }) => id === model.businessId);

  const sentence = async ({ code: cause, params }: Extract<Answer<unknown>, { ok: false }>): Promise<string> => {
    const own = OWN[cause];
    if (own !== undefined) return model.t(own);
    const texts = await refusals[`../locales/${model.language}/publicRefusal.json`]?.().catch(() => undefined);
    if (texts === undefined) return model.t("appointment:problem.down");
    const t = textsOf(model.language, texts);
    const booked = business();
    // The refusal has the Chinese name; people read it in their own language.
    const named = { ...params, ...(booked === undefined ? {} : { business: nameIn(booked, model.language) }) };
    return t(cause, named) || t("other");
  };
  const loadSlots = async (day: string, problem: string | null): Promise<void> => {
    change({ day, slots: null, from: null, problem: null });
    const answer = await askCenter<AppointmentSlots>(APPOINTMENT_SLOTS_PATH, {
      hallId: model.offer?.hallId ?? hallId,
      businessId: model.businessId,
      day,
    });
    // Another day was chosen while this one's slots were on their way.
    if (model.day !== day) return;
    if (answer.ok) change({ slots: answer.value.slots, problem });
    else change({ day: null, problem: await sentence(answer) });
  };
  const show = (held: AppointmentView, isNew: boolean): void => {
    // For a second look from this very page: the code is of no use without the number, which is not kept.
    history.replaceState(null, "", `#${held.hallId}/${held.code}`);
    change({ held, isNew, isAsking: false, isAskingToCancel: false, problem: null });
  };

  const book = async (): Promise<void> => {
    const fields = typed();
    const faults = bookFaults(fields);
    if (model.isAsking || Object.keys(faults).length > 0) return change({ faults, problem: null });
    const { businessId, day, from, appointmentId } = model;
    change({ faults, problem: null, isAsking: true });
    const { name, idNumber, phone } = fields;
    const answer = await askCenter<AppointmentView>(APPOINTMENT_BOOK_PATH, {
      ...{ hallId: model.offer?.hallId ?? hallId, appointmentId, businessId, day, from, name, idNumber, phone },
    });
    if (answer.ok) return show(answer.value, true);
    const problem = await sentence(answer);
    change({ isAsking: false, problem });
    // Somebody was faster: the other slots, with what is free now.
    if (["slot_full", "slot_closed", "slot_unknown"].includes(answer.code) && day !== null)
      await loadSlots(day, problem);
  };
  const holder = () => {
    const { code: of, idNumber } = typed();
    return { hallId: model.offer?.hallId ?? hallId, code: model.held?.code ?? plainCode(of), idNumber };
  };
  const find = async (): Promise<void> => {
    const faults = findFaults(typed());
    if (model.isAsking || Object.keys(faults).length > 0) return change({ faults, problem: null });
    change({ faults, problem: null, isAsking: true });
    const answer = await askCenter<AppointmentView>(APPOINTMENT_FIND_PATH, holder());
    if (answer.ok) show(answer.value, false);
    else change({ isAsking: false, problem: await sentence(answer) });
  };
  const cancel = async (): Promise<void> => {
    if (model.isAsking) return;
    change({ isAsking: true, problem: null });
    const answer = await askCenter<AppointmentView>(APPOINTMENT_CANCEL_PATH, holder());
    if (answer.ok) show(answer.value, false);
    else change({ isAsking: false, isAskingToCancel: false, problem: await sentence(answer) });
  };
  const choose = async (language: Language): Promise<void> => {
    const t = await loadTexts(files, language);
    if (t === null) return change({});
    keepLanguage(language);
    change({ language, t, problem: null });
  };
  const acts: Acts = {
    choose: (language) => void choose(language),
    change,
    openDay: (day) => void loadSlots(day, null),
    book: () => void book(),
    find: () => void find(),
    cancel: () => void cancel(),
    restart: () => {
      history.replaceState(null, "", `#${model.offer?.hallId ?? hallId}`);
      change({ ...start, appointmentId: newId() });
    },
  };
  const loadOffer = async (): Promise<void> => {
    const answer = await askCenter<AppointmentOffer>(APPOINTMENT_OFFER_PATH, { hallId });
    if (answer.ok) return change({ offer: answer.value, problem: null });
    change({ problem: model.t(answer.status === 404 ? "appointment:unknownHall" : "appointment:problem.down") });
    if (answer.status !== 404) setTimeout(() => void loadOffer(), RETRY_MS);
  };
  drawPage(root, model, acts);
  await loadOffer();
};
