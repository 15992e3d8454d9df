import { describe, expect, it } from "vitest";
import { addDays, DAY_MS } from "../../basics/time.ts";
import { clerk, desk, nodeActor, outcome, page, testPlan, TestHall } from "../../testing/hall-fixture.ts";
import { planProblems } from "../hall/plan-problems.ts";
import { hallPlanSchema } from "../hall/plan.ts";
import type { Actor } from "../identity/roles.ts";
import { endedLate, pressingMark } from "./clocks.ts";
import { ledgerDefinitionSchema } from "./definition.ts";
import { dueLedgerSteps, dueReminders, isOverdueEntry, reminderText } from "./due.ts";
import type { LedgerEntry } from "./entry.ts";
import { fileMarkOf, readFileMark } from "./file-mark.ts";
import { deliveredLedgers, ledgersOf } from "./ledgers.ts";
import { checkAsked, divideValues, valueFault } from "./values.ts";
import { mayReadEntryFile } from "./visible.ts";

const wang = desk("wang");
const record = { mode: "record" } as const;
const bureau = (department: string): Actor => ({ ...desk(`of-${department}`), deviceId: department, department });

const request = {
  entryId: "e1",
  ledgerId: "enterprise",
  values: { channel: "hotline", topic: "permit", request: "开办餐饮店，材料反复补正" },
  sealed: { enterprise: "box-1", phone: "box-1" },
};

const withRequest = (): TestHall => {
  const hall = new TestHall();
  expect(outcome(hall.give(wang, "OpenLedgerEntry", request))).toEqual(["LedgerEntryOpened"]);
  return hall;
};

const entry = (hall: TestHall): LedgerEntry => {
  const found = hall.state.ledgerEntries.get("e1");
  if (!found) throw new Error("no entry");
  return found;
};

const move = (hall: TestHall, moveId: string, values: Record<string, string> = {}, actor = wang, note = "") =>
  outcome(hall.give(actor, "MoveLedgerEntry", { entryId: "e1", moveId, values, sealed: {}, note }));

const light = (hall: TestHall, day: string) => pressingMark(entry(hall).clocks, day)?.light;

describe("an entry of a ledger", () => {
  it("gets the next number of its ledger and year, and its clocks begin", () => {
    const hall = withRequest();
    expect(entry(hall)).toMatchObject({ number: "QY2026-0001", state: "registered", department: null });
    hall.give(wang, "OpenLedgerEntry", { ...request, entryId: "e2" });
    expect(hall.state.ledgerEntries.get("e2")?.number).toBe("QY2026-0002");
    expect(entry(hall).clocks.map(({ clockId, dueDay }) => [clockId, dueDay])).toEqual([
      ["dispatch", "2026-11-24"],
      ["answer", "2026-11-30"],
    ]);
  });

  it("sent twice is one entry", () => {
    const hall = withRequest();
    expect(outcome(hall.give(wang, "OpenLedgerEntry", request, record))).toEqual([]);
  });

  it("goes through the steps of its definition and no others", () => {
    const hall = withRequest();
    expect(move(hall, "close", { isContent: "content" })).toBe("ledger_move_not_now");
    expect(move(hall, "dispatch")).toBe("ledger_value_missing");
    expect(move(hall, "dispatch", { department: "税务局" })).toEqual(["LedgerEntryMoved", "LedgerEntryShared"]);
    expect(move(hall, "answer", { answer: "已一次性告知全部材料" }, bureau("税务局"))).toEqual(["LedgerEntryMoved"]);
    expect(move(hall, "close", { isContent: "content" })).toEqual(["LedgerEntryMoved"]);
    expect(entry(hall).endedAt).toBe(hall.now);
    expect(entry(hall).clocks.map(({ clockId }) => clockId)).toEqual(["dispatch", "answer", "followUp"]);
    expect(entry(hall).clocks.every(({ endedDay }) => endedDay !== null)).toBe(true);
    expect(move(hall, "dispatch", { department: "税务局" })).toBe("ledger_move_not_now");
  });

  it("is done by the groups that the step names, and by a department only where it is named", () => {
    const hall = withRequest();
    move(hall, "dispatch", { department: "税务局" });
    expect(move(hall, "answer", { answer: "已答复" }, bureau("人社局"))).toBe("ledger_entry_unknown");
    expect(move(hall, "dispatch", { department: "人社局" }, bureau("税务局"))).toBe("not_permitted");
    expect(outcome(hall.give(clerk("zhang"), "OpenLedgerEntry", { ...request, entryId: "e9" }))).toBe("not_permitted");
    expect(outcome(hall.give(page, "OpenLedgerEntry", { ...request, entryId: "e9" }))).toBe("not_permitted");
  });

  it("is followed up by somebody else than who answered", () => {
    const hall = withRequest();
    move(hall, "dispatch", { department: "税务局" });
    move(hall, "answer", { answer: "已答复企业" });
    expect(move(hall, "close", { isContent: "content" })).toBe("same_person");
    expect(move(hall, "close", { isContent: "content" }, desk("liu"))).toEqual(["LedgerEntryMoved"]);
  });

  it("needs the reason where the step asks for one", () => {
    const hall = withRequest();
    move(hall, "dispatch", { department: "税务局" });
    expect(move(hall, "coordinate")).toBe("ledger_note_missing");
    expect(move(hall, "coordinate", {}, wang, "涉及两个部门的政策")).toEqual(["LedgerEntryMoved"]);
  });

  it("works without the node: a record that does not fit becomes an anomaly, never a refusal", () => {
    const hall = withRequest();
    const late = { entryId: "e1", moveId: "close", values: { isContent: "content" }, sealed: {}, note: "" };
    expect(outcome(hall.give(wang, "MoveLedgerEntry", late, record))).toEqual(["AnomalyRecorded"]);
    expect(entry(hall).state).toBe("registered");
  });

  it("is corrected by an addition; what stood before stays", () => {
    const hall = withRequest();
    const values = { topic: "policy" };
    expect(
      outcome(
        hall.give(wang, "AmendLedgerEntry", {
          entryId: "e1",
          values,
          sealed: { phone: "box-2" },
          reason: "企业来电更正",
        }),
      ),
    ).toEqual(["LedgerEntryAmended"]);
    expect(entry(hall).values).toMatchObject({ topic: "policy" });
    expect(entry(hall).sealed).toEqual({ enterprise: "box-1", phone: "box-2" });
    expect(entry(hall).history[0]).toMatchObject({ values: { topic: "permit" }, sealed: { phone: "box-1" } });
  });

  it("stays in sight for a month after its end", () => {
    const hall = withRequest();
    move(hall, "dispatch", { department: "税务局" });
    move(hall, "answer", { answer: "已答复企业" });
    move(hall, "close", { isContent: "content" }, desk("liu"));
    hall.now += 30 * DAY_MS;
    hall.give(nodeActor, "OpenDay", { day: "2026-12-23" });
    expect(hall.state.ledgerEntries.size).toBe(1);
    hall.now += 2 * DAY_MS;
    hall.give(nodeActor, "OpenDay", { day: "2026-12-25" });
    expect(hall.state.ledgerEntries.size).toBe(0);
    hall.give(wang, "OpenLedgerEntry", { ...request, entryId: "e5" });
    expect(hall.state.ledgerEntries.get("e5")?.number).toBe("QY2026-0002");
  });
});

describe("clocks of ledgers", () => {
  it("turn yellow on the last working day but one and red after the last, over a weekend", () => {
    const hall = withRequest();
    move(hall, "dispatch", { department: "税务局" });
    expect(
      ["2026-11-25", "2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01"].map((day) => light(hall, day)),
    ).toEqual(["green", "yellow", "yellow", "yellow", "red"]);
  });

  it("stop while the state says so, and go on afterwards", () => {
    const hall = withRequest();
    move(hall, "dispatch", { department: "税务局" });
    move(hall, "coordinate", {}, wang, "需市级协调");
    expect(light(hall, "2027-03-01")).toBe("paused");
    hall.now += 7 * DAY_MS;
    move(hall, "resume", {}, wang, "市级已明确口径");
    expect(pressingMark(entry(hall).clocks, "2026-12-01")?.mark.dueDay).toBe("2026-12-07");
  });

  it("begin anew when the person says no, and the first run stays on record as late", () => {
    const hall = withRequest();
    move(hall, "dispatch", { department: "税务局" });
    hall.now += 9 * DAY_MS;
    move(hall, "answer", { answer: "已答复企业" });
    hall.now += DAY_MS;
    move(hall, "again", {}, wang, "企业不满意");
    const runs = entry(hall).clocks.filter(({ clockId }) => clockId === "answer");
    expect(runs.map(({ startDay }) => startDay)).toEqual(["2026-11-23", "2026-12-03"]);
    expect(runs.map(endedLate)).toEqual([true, false]);
  });

  it("until a day that was written down wrongly follow its correction", () => {
    const hall = new TestHall();
    const values = { licence: "食品经营许可证", expiresOn: "2027-01-10", department: "市场监管局" };
    const sealed = { holder: "b", phone: "b", licenceNo: "b" };
    hall.give(wang, "OpenLedgerEntry", { entryId: "e1", ledgerId: "renewal", values, sealed });
    expect(light(hall, "2026-12-10")).toBe("green");
    expect(light(hall, "2026-12-11")).toBe("yellow");
    hall.give(wang, "AmendLedgerEntry", {
      entryId: "e1",
      values: { expiresOn: "2026-12-10" },
      sealed: {},
      reason: "看错一个月",
    });
    expect(light(hall, "2026-11-23")).toBe("yellow");
    expect(light(hall, "2026-12-11")).toBe("red");
  });

  it("do not move when the definition changes under a running entry", () => {
    const hall = withRequest();
    const enterprise = deliveredLedgers().get("enterprise");
    const slow = {
      ...enterprise,
      clocks: enterprise?.clocks.map((clock) => ({ ...clock, limit: { days: 90, unit: "calendar" } })),
    };
    const plan = hallPlanSchema.parse({ ...testPlan(), ledgers: { own: [slow] } });
    hall.give(nodeActor, "SetHallPlan", { plan });
    move(hall, "dispatch", { department: "税务局" });
    expect(pressingMark(entry(hall).clocks, "2026-11-23")?.mark.dueDay).toBe("2026-11-30");
  });
});

describe("values", () => {
  it("of personal fields never stand in the log, and those of others never in a sealed record", () => {
    const hall = new TestHall();
    const inTheLog = { ...request, values: { ...request.values, phone: "13800138000" } };
    expect(outcome(hall.give(wang, "OpenLedgerEntry", inTheLog))).toBe("ledger_value_wrong");
    const hidden = { ...request, sealed: { ...request.sealed, topic: "box-1" } };
    expect(outcome(hall.give(wang, "OpenLedgerEntry", hidden))).toBe("ledger_value_wrong");
  });

  it("that look like a telephone or an ID number are refused where anybody may read them", () => {
    const hall = new TestHall();
    for (const text of ["请回电13800138000", "证件11010519491231002X 已收"])
      expect(
        outcome(hall.give(wang, "OpenLedgerEntry", { ...request, values: { ...request.values, request: text } })),
      ).toBe("ledger_value_wrong");
    const caseNo = { ...request, values: { ...request.values, request: "办件20261122000123401 未受理" } };
    expect(outcome(hall.give(wang, "OpenLedgerEntry", caseNo))).toEqual(["LedgerEntryOpened"]);
  });

  it("are told field by field what is wrong with them", () => {
    const assisted = ledgersOf(null).get("assisted");
    if (!assisted) throw new Error("no such ledger");
    const written = { applicant: "张三", idNo: "110105194912310021", phone: "1381234", group: "alien", way: "home" };
    expect(checkAsked(assisted, assisted.opening.asks, written)).toEqual([
      { field: "idNo", fault: "notIdNo" },
      { field: "phone", fault: "notPhone" },
      { field: "group", fault: "notChoice" },
      { field: "item", fault: "required" },
    ]);
    expect(divideValues(assisted, { applicant: "张三", item: "社保卡", caseNo: "" })).toEqual({
      open: { item: "社保卡" },
      personal: { applicant: "张三" },
    });
  });
});

describe("what the node does by itself", () => {
  const open = (hall: TestHall, expiresOn: string) =>
    hall.give(wang, "OpenLedgerEntry", {
      entryId: "e1",
      ledgerId: "renewal",
      values: { licence: "食品经营许可证", expiresOn, department: "市场监管局" },
      sealed: { holder: "box-1", phone: "box-1", licenceNo: "box-1" },
    });
  const due = (hall: TestHall, today: string) =>
    dueReminders(hall.state.ledgerEntries.values(), ledgersOf(hall.state.plan), today).map(({ run }) => run);
  const message = { entryId: "e1", reminderId: "expiry", run: 0 } as const;

  it("a message says what stands in the entry, letter by letter", () => {
    const hall = new TestHall();
    open(hall, "2026-12-31");
    const [reminder] = deliveredLedgers().get("renewal")?.reminders ?? [];
    if (!reminder) throw new Error("no reminder");
    const values = { licence: "$& {{number}}", expiresOn: "$1$$" };
    const text = "【{{hall}}】{{licence}}：{{expiresOn}}，{{number}}";
    expect(reminderText({ ...reminder, text }, { ...entry(hall), values }, "$'厅")).toBe(
      `【$'厅】$& {{number}}：$1$$，${entry(hall).number}`,
    );
  });

  it("a message is due from the first day of the yellow light, once, and not when somebody has gone on", () => {
    const hall = new TestHall();
    open(hall, "2026-12-31");
    expect([due(hall, "2026-11-30"), due(hall, "2026-12-01"), due(hall, "2027-01-05")]).toEqual([[], [0], [0]]);
    expect(outcome(hall.give(wang, "RemindLedgerEntry", { ...message, outcome: "queued", detail: "" }))).toBe(
      "not_permitted",
    );
    hall.give(nodeActor, "RemindLedgerEntry", { ...message, outcome: "queued", detail: "" });
    expect(due(hall, "2026-12-02")).toEqual([]);
    const sent = () =>
      outcome(hall.give(nodeActor, "RemindLedgerEntry", { ...message, outcome: "sent", detail: "R7" }));
    expect(sent()).toEqual(["LedgerEntryReminded", "LedgerEntryMoved"]);
    expect(sent()).toEqual([]);
    expect(entry(hall)).toMatchObject({ state: "reminded", values: { remindedBy: "sms" } });

    const other = new TestHall();
    open(other, "2026-12-31");
    expect(move(other, "agree", { wish: "renew" })).toEqual(["LedgerEntryMoved"]);
    expect(due(other, "2026-12-02")).toEqual([]);
  });

  it("each light of each run of a clock is told once, the oldest limit first", () => {
    const hall = withRequest();
    hall.now += DAY_MS;
    hall.give(wang, "OpenLedgerEntry", { ...request, entryId: "e2" });
    const late = addDays(entry(hall).clocks[0]?.dueDay ?? "", 20);
    const steps = dueLedgerSteps([...hall.state.ledgerEntries.values()].reverse(), late);
    expect(steps.filter(({ step }) => step === "red").map(({ entryId, run }) => `${entryId} ${String(run)}`)).toEqual([
      "e1 0",
      "e2 0",
      "e1 1",
      "e2 1",
    ]);
    expect(steps).toHaveLength(8);
    hall.now += 40 * DAY_MS;
    for (const data of steps) expect(outcome(hall.give(nodeActor, "EscalateLedgerEntry", data))).toHaveLength(1);
    for (const data of steps) expect(outcome(hall.give(nodeActor, "EscalateLedgerEntry", data))).toEqual([]);
    expect(dueLedgerSteps(hall.state.ledgerEntries.values(), late)).toEqual([]);
    expect(isOverdueEntry(entry(hall), late)).toBe(true);
  });
});

describe("files of an entry", () => {
  const mark = `${"a".repeat(64)} application/pdf 2048 3`;
  const field = deliveredLedgers()
    .get("assisted")
    ?.fields.find(({ id }) => id === "attorneyFile");

  it("are named by what is in them, and nothing else is taken for one", () => {
    if (!field) throw new Error("the ledger has no such field");
    expect(valueFault(field, [mark])).toBeNull();
    for (const wrong of ["x", `${"a".repeat(64)} text/html 2048 3`, mark.replace("2048", "0"), `${mark} `])
      expect(valueFault(field, [wrong])).toBe("notFile");
    expect(fileMarkOf(readFileMark(mark)!)).toBe(mark);
  });

  it("may be read by whoever sees the entry", () => {
    const hall = new TestHall();
    const values = { group: "old", item: "社保卡申领", way: "home" };
    const sealed = { applicant: "box-1", phone: "box-1" };
    hall.give(clerk("zhang"), "OpenLedgerEntry", { entryId: "e1", ledgerId: "assisted", values, sealed });
    const entrust = { attorney: "signed", handOver: ["户口簿原件"], attorneyFile: [mark] };
    hall.give(clerk("zhang"), "MoveLedgerEntry", {
      entryId: "e1",
      moveId: "entrust",
      values: entrust,
      sealed: {},
      note: "",
    });
    const may = (role: "desk" | "window" | "kiosk", department: string | null = null, hash = "a".repeat(64)) =>
      mayReadEntryFile({ role, department }, hall.state.ledgerEntries.values(), hash);
    expect([may("desk"), may("window"), may("kiosk"), may("desk", "税务局")]).toEqual([true, true, false, false]);
    expect(may("desk", null, "b".repeat(64))).toBe(false);
  });
});

describe("a definition", () => {
  const mine = {
    id: "complaints",
    name: "意见簿",
    nameEn: "Book of remarks",
    prefix: "YJ",
    fields: [
      { id: "remark", name: "意见", nameEn: "Remark", kind: "longText" },
      { id: "who", name: "姓名", nameEn: "Name", kind: "person" },
    ],
    states: [
      { id: "open", name: "待办", nameEn: "Open" },
      { id: "done", name: "已办", nameEn: "Done", isEnd: true },
    ],
    opening: { to: "open", asks: [{ field: "remark", isRequired: true }, { field: "who" }] },
    moves: [{ id: "finish", name: "办结", nameEn: "Finish", from: ["open"], to: "done" }],
    clocks: [
      {
        id: "limit",
        name: "时限",
        nameEn: "Limit",
        startsIn: ["open"],
        endsIn: ["done"],
        limit: { days: 3, unit: "working" },
      },
    ],
    listed: ["remark"],
  };
  const problems = (own: unknown): readonly string[] => {
    const parsed = hallPlanSchema.safeParse({ ...testPlan(), ledgers: { own: [own] } });
    return parsed.success ? [] : planProblems(parsed.error);
  };

  it("of a hall's own works without code", () => {
    expect(problems(mine)).toEqual([]);
    const hall = new TestHall(
      hallPlanSchema.parse({ ...testPlan(), ledgers: { own: [mine], withoutDelivered: ["survey"] } }),
    );
    const data = { entryId: "e1", ledgerId: "complaints", values: { remark: "取号机看不清" }, sealed: {} };
    expect(outcome(hall.give(wang, "OpenLedgerEntry", data))).toEqual(["LedgerEntryOpened"]);
    expect(move(hall, "finish")).toEqual(["LedgerEntryMoved"]);
    expect(entry(hall).number).toBe("YJ2026-0001");
    expect(outcome(hall.give(page, "OpenLedgerEntry", { ...data, entryId: "e2", ledgerId: "survey" }))).toBe(
      "ledger_unknown",
    );
  });

  it("that is wrong is told in a sentence with its place", () => {
    expect(problems({ ...mine, opening: { to: "nowhere", asks: [{ field: "remark" }] } })).toContain(
      "ledgers.own[1].opening.to: no state nowhere: there are open, done",
    );
    expect(problems({ ...mine, listed: ["who"] })).toContain(
      "ledgers.own[1].listed[1]: who is personal: no list shows it",
    );
    expect(problems({ ...mine, moves: [{ ...mine.moves[0], from: ["done"] }] })).toEqual(
      expect.arrayContaining([
        "ledgers.own[1].moves[1].from[1]: done is an end: nothing leads out of it",
        "ledgers.own[1].states: no end can be reached",
      ]),
    );
    expect(problems({ ...mine, clocks: [{ ...mine.clocks[0], limit: undefined }] })).toContain(
      "ledgers.own[1].clocks[1]: a clock has either limit or dueField",
    );
    expect(problems({ ...mine, colour: "red" }).join()).toMatch(/colour/);
  });

  it("of a reminder leads to a clock, a telephone and a move that it can make, and names nothing sealed", () => {
    const reminder = {
      id: "soon",
      name: "提醒",
      nameEn: "Soon",
      clock: "limit",
      from: ["open"],
      to: "who",
      move: "finish",
    };
    const wrong = { ...reminder, clock: "none", text: "【{{hall}}】{{who}}您好" };
    expect(problems({ ...mine, reminders: [wrong] })).toEqual([
      "ledgers.own[1].reminders[1].clock: no clock none",
      "ledgers.own[1].reminders[1].to: who is no telephone",
      "ledgers.own[1].reminders[1].text: who is no field that a message may name",
    ]);
  });

  it("of an anonymous page asks nobody who they are", () => {
    expect(problems({ ...mine, opening: { ...mine.opening, by: ["page"] } })).toEqual(
      expect.arrayContaining([
        "ledgers.own[1].opening.asks[1].field: remark: what anybody writes may name people; set isPersonal",
        "ledgers.own[1].opening.asks[2].field: who: an anonymous page asks nobody who they are",
      ]),
    );
  });

  it("each that comes with the program is right, and each has its own prefix", () => {
    const delivered = [...deliveredLedgers().values()];
    for (const each of delivered) expect(ledgerDefinitionSchema.safeParse(each).success).toBe(true);
    expect(new Set(delivered.map(({ prefix }) => prefix)).size).toBe(delivered.length);
    expect(delivered.map(({ id }) => id)).toEqual([
      "assisted",
      "enterprise",
      "consultation",
      "walk",
      "renewal",
      "survey",
      "handover",
    ]);
  });
});
