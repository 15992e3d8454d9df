import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidv7 } from "uuidv7";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { hallPlanSchema } from "../../shared/domain/hall/plan.ts";
import { appliedItem, applicantOf, HASH, intakeOf, receipt } from "../../shared/testing/case-fixture.ts";
import { testPlan } from "../../shared/testing/hall-fixture.ts";
import { startCenter, type TestCenter } from "../../tests/helpers/center.ts";
import { NodeClient } from "../../tests/helpers/node-client.ts";
import { HeadSealer } from "../relay/head-seal.ts";
import { putRelayHall } from "../relay/receive.ts";
import { runCli } from "./run-cli.ts";

/*
 * The command line beside a running center on a real PostgreSQL: the plan is checked, shown and set, a holiday notice put in,
 * cases exported as the national tables, and a catalogue with packages checked.
 */

let center: TestCenter;
let folder: string;
let said = "";
let complained = "";

beforeAll(async () => {
  center = await startCenter();
  folder = await mkdtemp(join(tmpdir(), "service-hall-cli-"));
});
afterAll(async () => {
  await center.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = "";
  complained = "";
  vi.stubEnv("DATABASE_URL", center.databaseUrl);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((said += String(text))));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((complained += String(text))));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const run = (...args: readonly string[]): Promise<number> => runCli([...args, "--data", center.dataDir]);
const fileOf = async (name: string, content: unknown): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};

it("says what is wrong with a plan, sentence by sentence, and sets nothing", async () => {
  const wrong = { ...testPlan(), intake: { correctionDays: 0, caseNumber: "{yyyy}" } };
  const file = await fileOf("wrong.json", wrong);
  for (const command of ["check-plan", "set-plan"]) {
    complained = "";
    expect(await run(command, "--plan", file)).toBe(2);
    expect(complained).toContain("intake.correctionDays:");
    expect(complained).toContain("intake.caseNumber:");
  }
  expect(await run("check-plan", "--plan", await fileOf("broken.json", "{"))).toBe(2);
  expect(complained).toContain("broken.json is no JSON");
  expect((await center.context.halls.get(center.hallId ?? "")).hall.plan?.intake).toBeUndefined();
});

it("sets a plan that the running hall works by, with a holiday notice in it, and shows it", async () => {
  const file = await fileOf("plan.json", { ...testPlan(), name: "新测试大厅" });
  const notice = await fileOf("2031.csv", "2031-01-01,holiday,元旦\n2031-01-04,makeup_workday,元旦\n");
  expect(await run("import-calendar", notice, "--plan", file)).toBe(0);
  expect(await run("set-plan", "--plan", file)).toBe(0);
  const { hall } = await center.context.halls.get(center.hallId ?? "");
  await expect.poll(() => hall.plan?.name, { timeout: 15_000 }).toBe("新测试大厅");
  said = "";
  expect(await run("show-plan")).toBe(0);
  const shown = hallPlanSchema.parse(JSON.parse(said));
  expect(shown).toMatchObject({ name: "新测试大厅", intake: { calendars: [{ year: 2031 }] } });
});

it("gives a terminal's code only for a counter that the plan has", async () => {
  expect(await run("enrol-code", "--role", "window", "--counter", "77")).toBe(2);
  expect(complained).toMatch(/no counter 77\. Its counters: 1, 2/);
  complained = "";
  expect(await run("enrol-code", "--role", "kiosk", "--counter", "1")).toBe(2);
  expect(complained).toContain("--counter goes with --role window or review");
  said = "";
  expect(await run("enrol-code", "--role", "window", "--counter", "1")).toBe(0);
  expect(said.trim()).toMatch(/^[A-Z0-9]{10}/);
});

it("exports cases as the national tables, and tells what the platform would refuse", async () => {
  await center.addClerk("1001");
  const device = await center.enrol("window", "1");
  const { clerkId } = await center.login(device, "1001");
  const client = await NodeClient.connect({ url: center.url, ...device });
  const record = { mode: "record", clerkId } as const;
  const [intakeId, caseId, applicantId] = [uuidv7(), uuidv7(), uuidv7()];
  const applicant = applicantOf({ name: "=张三" });
  await client.send("OpenIntake", intakeOf({ intakeId, applicantId, items: [appliedItem(caseId)] }), {
    ...record,
    personal: [{ id: applicantId, kind: "applicant", value: JSON.stringify(applicant) }],
  });
  await client.send("FillForm", { intakeId, formId: uuidv7(), formHash: HASH, errors: [] }, record);
  await client.send("ReceiveMaterial", { intakeId, key: "m1", receipt: receipt() }, record);
  await client.send("AcceptIntake", { intakeId }, record);
  client.close();

  const out = join(folder, "export");
  const code = await run("export-cases", "--out", out, "--json");
  const report = JSON.parse(said) as { cases: number; files: Record<string, number>; problems: { number: string }[] };
  expect(report.cases).toBe(1);
  expect(report.files["up_pro_accept.csv"]).toBe(1);
  expect(code).toBe(report.problems.length === 0 ? 0 : 1);
  const text = await readFile(join(out, "up_pro_accept.csv"), "utf8");
  expect(text).toContain("高等学校教师资格认定");
  // What a spreadsheet would run as a formula stands there as a text.
  expect(text).toContain(`"'=张三"`);
  expect((await stat(join(out, "up_pro_accept.csv"))).mode & 0o077).toBe(0);

  await center.context.database.query("UPDATE personal SET box = NULL WHERE id = $1", [applicantId]);
  said = "";
  expect(await run("export-cases", "--out", out)).toBe(1);
  expect(said).toContain("nobody knows who applied");
});

it("takes packages with a catalogue, or tells which of them is wrong", async () => {
  const items = await fileOf(
    "items.csv",
    "实施编码,事项名称,实施主体\n11440000006940116U2440102013001,高等学校教师资格认定,教育厅\n",
  );
  const pack = {
    id: "P1",
    name: "当老师一件事",
    target: "个人",
    area: "",
    lead_dept: "教育厅",
    overall_limit: "",
    note: "",
    materials: ["身份证"],
    member_items: [{ item: "高等学校教师资格认定", dept: "教育厅", limit: "" }],
  };
  const good = await fileOf("packages.json", { packages: [pack] });
  expect(await run("import-catalogue", items, "--packages", good, "--dry-run", "--json")).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ accepted: 1, packages: 1, rejected: [] });
  for (const [content, reason] of [
    [{ packages: [pack, pack] }, "package 2, id"],
    ["[]", "no JSON of the form"],
  ] as const) {
    said = "";
    const bad = await fileOf("bad.json", content);
    expect(await run("import-catalogue", items, "--packages", bad, "--json")).toBe(1);
    const report = JSON.parse(said) as { imported: boolean; rejected: { field: string; reason: string }[] };
    expect(report.imported).toBe(false);
    expect(report.rejected[0]).toMatchObject({ field: "packages" });
    expect(report.rejected[0]?.reason).toContain(reason);
  }
});

it("prints what a hall signs with, never a key that is not the hall's, and makes none", async () => {
  const keyIn = (text: string): unknown => (JSON.parse(text) as { publicKey: unknown }).publicKey;
  expect(await run("verify-log")).toBe(0);
  expect(keyIn(said)).toBe(new HeadSealer(center.context.personal, center.hallId ?? "").publicKey);
  said = "";
  const elsewhere = join(folder, "elsewhere");
  expect(await runCli(["verify-log", "--data", elsewhere])).toBe(0);
  expect(keyIn(said)).toBeNull();
  await expect(stat(join(elsewhere, "node-key"))).rejects.toThrow("ENOENT");
  said = "";
  await putRelayHall(center.context.database, "relayed-hall", "x");
  expect(await run("verify-log", "--hall", "relayed-hall")).toBe(0);
  expect(keyIn(said)).toBeNull();
});
