import { z } from "zod";
import { yellowRuleSchema } from "../deadline/light.ts";

/** Keys stay in the log for ever, so they are short and plain; what people read is the name. */
const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/, "a key: a small letter, then letters and digits");
const names = { name: z.string().min(1).max(40), nameEn: z.string().min(1).max(80) };

/** Who has to do with a ledger. `page`: anybody with the code of a questionnaire. */
export const ledgerGroupSchema = z.enum(["desk", "department", "window", "page"]);
export type LedgerGroup = z.infer<typeof ledgerGroupSchema>;

/**
 * `person`, `idNo`, `phone`: always sealed. `department`: who has to act; `departments`: who else takes part. `ticket`, `case`, `item`: numbers and names that lead to
 * the matter. `rating`: 1 to 5. `lines`: a list, one thing a line. `files`: scans and papers, kept encrypted among the files of cases.
 */
const fieldKindSchema = z.enum([
  "text",
  "longText",
  "lines",
  "number",
  "day",
  "yesNo",
  "choice",
  "choices",
  "rating",
  "department",
  "departments",
  "ticket",
  "case",
  "item",
  "person",
  "idNo",
  "phone",
  "files",
]);
export type LedgerFieldKind = z.infer<typeof fieldKindSchema>;

const fieldSchema = z.strictObject({
  id: key,
  ...names,
  kind: fieldKindSchema,
  /** Kept encrypted beside the log, and shown only after a recorded reveal. */
  isPersonal: z.boolean().default(false),
  choices: z
    .array(z.strictObject({ id: key, ...names }))
    .max(40)
    .default([]),
  hint: z.string().max(120).optional(),
  hintEn: z.string().max(160).optional(),
});

const askSchema = z.strictObject({ field: key, isRequired: z.boolean().default(false) });

const moveSchema = z.strictObject({
  id: key,
  ...names,
  from: z.array(key).min(1).max(20),
  to: key,
  asks: z.array(askSchema).max(30).default([]),
  by: z.array(ledgerGroupSchema).min(1).default(["desk"]),
  note: z.enum(["none", "optional", "required"]).default("optional"),
  /** Two-person rule: not by whoever made this move (or opened the entry) last. */
  notBy: z.union([key, z.literal("open")]).optional(),
});

const clockSchema = z.strictObject({
  id: key,
  ...names,
  /** Begins each time the entry comes into one of these states and the clock does not run. */
  startsIn: z.array(key).min(1).max(20),
  endsIn: z.array(key).min(1).max(20),
  /** In these states time does not count; the move that leads there says why. */
  pausedIn: z.array(key).max(20).default([]),
  /** So many days, the day after the start being day 1; left out: until the day in `dueField`. */
  limit: z.strictObject({ days: z.int().min(1).max(366), unit: z.enum(["working", "calendar"]) }).optional(),
  dueField: key.optional(),
  yellow: yellowRuleSchema.prefault({ by: "days", days: 1 }),
});

/**
 * A message that the node sends by itself through the hall's gateway (text messages), once for each run of a clock: as soon as its
 * light is not green any more and while the entry is in one of these states.
 */
const reminderSchema = z.strictObject({
  id: key,
  ...names,
  clock: key,
  from: z.array(key).min(1).max(20),
  /** The sealed field that holds the number. */
  to: key,
  /** What is sent; `{{hall}}`, `{{number}}` and `{{field}}` of fields that are not sealed are filled in. */
  text: z.string().min(4).max(300),
  /** The move that it stands for once the gateway has taken it, and what is written down there. */
  move: key,
  values: z.record(key, z.string().max(200)).default({}),
});

/** A name in a reminder's text. */
export const REMINDER_NAME = /\{\{(\w+)\}\}/g;
/** What a reminder's text names. */
const reminderNames = (text: string): readonly string[] =>
  [...text.matchAll(REMINDER_NAME)].map(([, name = ""]) => name);

const shape = z.strictObject({
  id: key,
  ...names,
  /** Beginning of the numbers of its entries. */
  prefix: z.string().regex(/^[A-Z]{1,4}$/, "one to four capital letters"),
  about: z.string().max(200).default(""),
  aboutEn: z.string().max(300).default(""),
  fields: z.array(fieldSchema).min(1).max(60),
  states: z
    .array(z.strictObject({ id: key, ...names, isEnd: z.boolean().default(false) }))
    .min(1)
    .max(20),
  opening: z.strictObject({
    to: key,
    asks: z.array(askSchema).min(1).max(40),
    by: z.array(ledgerGroupSchema).min(1).default(["desk"]),
  }),
  moves: z.array(moveSchema).max(40).default([]),
  clocks: z.array(clockSchema).max(8).default([]),
  reminders: z.array(reminderSchema).max(8).default([]),
  /** Who sees its entries; a department only those in which it is or was named. */
  seenBy: z
    .array(ledgerGroupSchema.exclude(["page"]))
    .min(1)
    .default(["desk"]),
  /** Who may take it out as a workbook. */
  exportedBy: z.array(ledgerGroupSchema.exclude(["page"])).default(["desk"]),
  /** Fields that the list shows beside number, state and light. */
  listed: z.array(key).max(4).default([]),
});

type Shape = z.infer<typeof shape>;
type Tell = (path: (string | number)[], message: string) => void;

/** Kinds whose values let departments see an entry. */
export const NAMES_DEPARTMENTS: readonly LedgerFieldKind[] = ["department", "departments"];

const ALWAYS_PERSONAL: readonly LedgerFieldKind[] = ["person", "idNo", "phone"];

/** Whether a field is kept sealed: names, ID numbers and phones always, others where the definition says so. */
export const isSealed = (field: Pick<Shape["fields"][number], "kind" | "isPersonal">): boolean =>
  field.isPersonal || ALWAYS_PERSONAL.includes(field.kind);

/** Reminders lead to a clock, a telephone and a move that they can make; nothing sealed stands in a text message. */
const checkReminders = (ledger: Shape, tell: Tell): void => {
  const open = ledger.fields.filter((field) => !isSealed(field)).map(({ id }) => id);
  ledger.reminders.forEach((reminder, index) => {
    const path = ["reminders", index];
    if (!ledger.clocks.some(({ id }) => id === reminder.clock)) tell([...path, "clock"], `no clock ${reminder.clock}`);
    if (!ledger.fields.some(({ id, kind }) => id === reminder.to && kind === "phone"))
      tell([...path, "to"], `${reminder.to} is no telephone`);
    for (const name of reminderNames(reminder.text))
      if (name !== "hall" && name !== "number" && !open.includes(name))
        tell([...path, "text"], `${name} is no field that a message may name`);
    const move = ledger.moves.find(({ id }) => id === reminder.move);
    if (move === undefined) return tell([...path, "move"], `no move ${reminder.move}`);
    const lacking = reminder.from.find((state) => !move.from.includes(state));
    if (lacking !== undefined) tell([...path, "from"], `${move.id} does not lead out of ${lacking}`);
    for (const { field, isRequired } of move.asks)
      if (isRequired && !(field in reminder.values)) tell([...path, "values"], `${move.id} asks for ${field}`);
  });
};

/** Everything in a definition that leads nowhere, each with its place and a sentence. */
const checkDefinition = (ledger: Shape, tell: Tell): void => {
  const fields = new Map(ledger.fields.map((field) => [field.id, field]));
  const states = new Map(ledger.states.map((state) => [state.id, state]));
  const moves = new Set(ledger.moves.map(({ id }) => id));
  const noTwice = (what: string, ids: readonly string[]): void =>
    ids.forEach((id, index) => {
      if (ids.indexOf(id) < index) tell([what, index, "id"], `${id} is there twice`);
    });
  const needState = (path: (string | number)[], id: string): void => {
    if (!states.has(id)) tell(path, `no state ${id}: there are ${[...states.keys()].join(", ")}`);
  };
  const needField = (path: (string | number)[], id: string): void => {
    if (!fields.has(id)) tell(path, `no field ${id}: there are ${[...fields.keys()].join(", ")}`);
  };
  checkReminders(ledger, tell);
  for (const what of ["fields", "states", "moves", "clocks", "reminders"] as const)
    noTwice(
      what,
      ledger[what].map(({ id }) => id),
    );
  ledger.fields.forEach(({ kind, choices, id }, index) => {
    const chooses = kind === "choice" || kind === "choices";
    if (chooses && choices.length === 0) tell(["fields", index, "choices"], `${id} has nothing to choose from`);
    if (!chooses && choices.length > 0) tell(["fields", index, "choices"], `${id} is of kind ${kind}: no choices`);
    if (kind === "files" && ledger.fields[index]?.isPersonal === true)
      tell(["fields", index, "isPersonal"], `${id}: files are always kept encrypted, and each reading is noted`);
    if (NAMES_DEPARTMENTS.includes(kind) && ledger.fields[index]?.isPersonal === true)
      tell(["fields", index, "isPersonal"], `${id} says who has to act: it cannot be sealed`);
  });
  needState(["opening", "to"], ledger.opening.to);
  ledger.opening.asks.forEach(({ field }, index) => needField(["opening", "asks", index, "field"], field));
  ledger.moves.forEach((move, index) => {
    move.from.forEach((state, place) => {
      needState(["moves", index, "from", place], state);
      if (states.get(state)?.isEnd === true)
        tell(["moves", index, "from", place], `${state} is an end: nothing leads out of it`);
    });
    needState(["moves", index, "to"], move.to);
    move.asks.forEach(({ field }, place) => needField(["moves", index, "asks", place, "field"], field));
    if (move.notBy !== undefined && move.notBy !== "open" && !moves.has(move.notBy))
      tell(["moves", index, "notBy"], `no move ${move.notBy}`);
    if (move.by.includes("page")) tell(["moves", index, "by"], "a page opens entries and does nothing else");
  });
  ledger.clocks.forEach((clock, index) => {
    for (const what of ["startsIn", "endsIn", "pausedIn"] as const)
      clock[what].forEach((state, place) => needState(["clocks", index, what, place], state));
    if ((clock.limit === undefined) === (clock.dueField === undefined))
      tell(["clocks", index], "a clock has either limit or dueField");
    if (clock.dueField !== undefined) {
      needField(["clocks", index, "dueField"], clock.dueField);
      const field = fields.get(clock.dueField);
      if (field !== undefined && (field.kind !== "day" || field.isPersonal))
        tell(["clocks", index, "dueField"], `${clock.dueField} is not a day that may be seen`);
      if (clock.yellow.by === "percent")
        tell(["clocks", index, "yellow"], "until a day: yellow by days, not by per cent");
      if (clock.pausedIn.length > 0) tell(["clocks", index, "pausedIn"], "a day that is written down cannot be paused");
    }
    const overlap = clock.startsIn.find((state) => clock.endsIn.includes(state) || clock.pausedIn.includes(state));
    if (overlap !== undefined) tell(["clocks", index], `${overlap} both starts and stops it`);
  });
  ledger.listed.forEach((id, index) => {
    needField(["listed", index], id);
    const field = fields.get(id);
    if (field !== undefined && isSealed(field)) tell(["listed", index], `${id} is personal: no list shows it`);
    if (field?.kind === "files") tell(["listed", index], `${id}: no list shows files`);
  });
  const reached = new Set([ledger.opening.to]);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const move of ledger.moves) if (move.from.some((state) => reached.has(state))) reached.add(move.to);
  }
  ledger.states.forEach(({ id }, index) => {
    if (!reached.has(id)) tell(["states", index], `${id} is never reached`);
  });
  if (!ledger.states.some(({ id, isEnd }) => isEnd && reached.has(id))) tell(["states"], "no end can be reached");
  if (ledger.opening.by.includes("page"))
    ledger.opening.asks.forEach(({ field: id }, index) => {
      const field = fields.get(id);
      if (field === undefined) return;
      if (field.kind === "files") tell(["opening", "asks", index, "field"], `${id}: a page takes no files`);
      if (ALWAYS_PERSONAL.includes(field.kind))
        tell(["opening", "asks", index, "field"], `${id}: an anonymous page asks nobody who they are`);
      if (["text", "longText", "lines"].includes(field.kind) && !field.isPersonal)
        tell(["opening", "asks", index, "field"], `${id}: what anybody writes may name people; set isPersonal`);
    });
};

/**
 * A ledger (台账) as data of the local plan: what is written down, which states an entry goes through and by whose hand, what runs
 * out, and who sees it. `docs/ledgers.md` tells how a hall makes its own.
 */
export const ledgerDefinitionSchema = shape.superRefine((ledger, context) =>
  checkDefinition(ledger, (path, message) => context.addIssue({ code: "custom", path, message })),
);

export type LedgerDefinition = Readonly<Shape>;
export type LedgerField = LedgerDefinition["fields"][number];
export type LedgerMove = LedgerDefinition["moves"][number];
export type LedgerClock = LedgerDefinition["clocks"][number];
export type LedgerReminder = LedgerDefinition["reminders"][number];
export type LedgerAsk = LedgerMove["asks"][number];
