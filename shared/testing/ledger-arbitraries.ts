import fc from "fast-check";

const entryId = fc.constantFrom("e1", "e1", "e2", "e3");
const department = fc.constantFrom("人社局", "税务局");
const reason = fc.constantFrom("补充说明", "企业来电更正");
const sealedId = fc.constantFrom("box-1", "box-2");

const commandOf = (type: string, data: fc.Arbitrary<object>): fc.Arbitrary<{ type: string; data: unknown }> =>
  fc.record({ type: fc.constant(type), data });

const maybe = <T>(field: string, value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [field]: given }));

const merged = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);

const openings = fc.oneof(
  fc.record({
    ledgerId: fc.constant("enterprise"),
    values: merged(
      fc.record({ channel: fc.constantFrom("hotline", "visit"), topic: fc.constant("permit"), request: reason }),
      maybe("department", department),
    ),
    sealed: fc.record({ enterprise: sealedId, phone: sealedId }),
  }),
  fc.record({
    ledgerId: fc.constant("consultation"),
    values: fc.record({ matter: reason, reason, lead: department }),
    sealed: fc.constant({}),
  }),
  fc.record({
    ledgerId: fc.constant("assisted"),
    values: fc.record({ group: fc.constant("old"), item: fc.constant("社保卡申领"), way: fc.constant("home") }),
    sealed: fc.record({ applicant: sealedId, phone: sealedId }),
  }),
  fc.record({
    ledgerId: fc.constant("renewal"),
    values: fc.record({
      licence: fc.constant("食品经营许可证"),
      expiresOn: fc.constantFrom("2026-12-01", "2027-03-01"),
      department,
    }),
    sealed: fc.record({ holder: sealedId, phone: sealedId, licenceNo: sealedId }),
  }),
  fc.record({
    ledgerId: fc.constant("survey"),
    values: fc.record({ overall: fc.integer({ min: 1, max: 5 }) }),
    sealed: fc.constant({}),
  }),
);

/** Entries that are there before anybody acts, so that random steps meet something. */
export const firstEntries = [
  {
    entryId: "e1",
    ledgerId: "enterprise",
    values: { channel: "hotline", topic: "permit", request: "材料反复补正" },
    sealed: { enterprise: "box-1", phone: "box-1" },
  },
  {
    entryId: "e2",
    ledgerId: "consultation",
    values: { matter: "历史遗留产权", reason: "一个部门办不了", lead: "人社局" },
    sealed: {},
  },
] as const;

const open = fc.tuple(entryId, openings).map(([id, opening]) => ({
  type: "OpenLedgerEntry",
  data: { entryId: id, ...opening },
}));

const moves: readonly (readonly [string, fc.Arbitrary<object>])[] = [
  ["dispatch", fc.record({ department })],
  ["dispatch", fc.record({ department })],
  ["coordinate", fc.constant({})],
  ["resume", fc.constant({})],
  ["answer", fc.record({ answer: reason })],
  ["again", fc.constant({})],
  ["close", fc.constantFrom({ isContent: "content" }, { outcome: "已全部落实" })],
  [
    "invite",
    fc.record({
      meetingDay: fc.constant("2026-11-25"),
      participants: fc.array(department, { minLength: 1, maxLength: 2 }),
    }),
  ],
  ["conclude", fc.record({ minutes: reason, conclusion: fc.constant("doable") })],
  ["entrust", fc.constant({ attorney: "signed", handOver: ["身份证复印件"], attorneyUntil: "2026-12-31" })],
  ["submit", fc.constant({})],
  ["ask", fc.constant({})],
  ["remind", fc.constant({ remindedBy: "sms" })],
];

const move = fc
  .constantFrom(...moves)
  .chain(([moveId, values]) =>
    fc.record({ entryId, moveId: fc.constant(moveId), values, sealed: fc.constant({}), note: reason }),
  )
  .map((data) => ({ type: "MoveLedgerEntry", data }));

/** Commands about ledgers, drawn so often and of so few ids that they meet each other. */
export const ledgerCommandShapes: readonly fc.Arbitrary<{ type: string; data: unknown }>[] = [
  open,
  move,
  move,
  commandOf(
    "AmendLedgerEntry",
    fc.record({
      entryId,
      values: fc.oneof(
        maybe("department", department),
        maybe("expiresOn", fc.constantFrom("2026-11-30", "2027-01-01")),
      ),
      sealed: fc.oneof(fc.constant({}), fc.record({ phone: sealedId })),
      reason,
    }),
  ),
  commandOf(
    "RemindLedgerEntry",
    fc.record({
      entryId,
      reminderId: fc.constant("expiry"),
      run: fc.constant(0),
      outcome: fc.constantFrom("queued", "sent", "failed"),
      detail: fc.constant("R1"),
    }),
  ),
  commandOf(
    "EscalateLedgerEntry",
    fc.record({ entryId, run: fc.integer({ min: 0, max: 1 }), step: fc.constantFrom("yellow", "red") }),
  ),
];
