import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { LOG_BYTES_MAX } from "../../shared/contract/fleet.ts";
import { openLog } from "../logging/logger.ts";
import { lastLogLines } from "./log-lines.ts";

/*
 * A terminal's log on its way to somebody elsewhere: listed events and fields only, nothing that may be a person's, the last lines of
 * both files, and no torn line.
 */
const folder = mkdtempSync(join(tmpdir(), "service-hall-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("keeps codes and figures, and takes out what may be somebody's", () => {
  const log = openLog(join(folder, "a"));
  log.write("app.started", { version: "0.1.0", electron: "45.4.1", role: "kiosk", packaged: true });
  log.write("ui.error", {
    name: "TypeError",
    message: "no field “张晓明” in 北京市 朝阳区, 'Li Wei' li.wei@example.cn call 13800138000 or 65123456",
    where: "caught",
  });
  log.write("printer.failed", { code: "out_of_paper" });
  const lines = lastLogLines(log.file);
  expect(lines).toMatchObject([
    { event: "app.started", version: "0.1.0", role: "kiosk", packaged: true },
    { event: "ui.error", name: "TypeError", where: "caught" },
    { event: "printer.failed", code: "out_of_paper" },
  ]);
  const text = JSON.stringify(lines);
  for (const theirs of ["张晓明", "北京市", "Li Wei", "li.wei", "13800138000", "65123456"])
    expect(text).not.toContain(theirs);
  expect(log.faults().errorLines).toBe(2);
});

it("lets nothing of a person through, however it is written, and says which error and where", () => {
  const log = openLog(join(folder, "b"));
  const persons = ["138 0013 8000", "138-0013-8000", "138.0013.8000", "110101 19900307 123X", "1101 0119 9003 07123X"];
  for (const person of [...persons, "Zhang Xiaoming", "ZHANG XIAOMING", "ERIC", "欧阳 娜娜"]) {
    const message = `TypeError: cannot read ${person} of ${person}\n at f (app://hall/assets/index-B3.js:12:345)`;
    log.write("app.unexpected", { where: `at Row ${person} (app://hall/assets/desk.js:1:2)`, message });
    log.write("sync.deadLetter", { commandType: person, reason: person });
    log.write("security.key", { key: person });
    log.write("store.fault", { name: person, message: person });
  }
  const lines = lastLogLines(log.file);
  expect(lines).toContainEqual(
    expect.objectContaining({ message: "TypeError index-B3.js:12:345", where: "desk.js:1:2" }),
  );
  const text = lines
    .filter(({ event }) => event === "app.unexpected" || event === "store.fault")
    .map((line) => JSON.stringify({ ...line, at: "" }))
    .join();
  for (const person of [...persons, "Zhang", "ZHANG", "ERIC", "欧阳"]) expect(text).not.toContain(person);
  const all = JSON.stringify(lines);
  for (const person of [...persons, "欧阳"]) expect(all).not.toContain(person);
});

it("keeps what tells programs and terminals apart", () => {
  const log = openLog(join(folder, "c"));
  log.write("app.started", { version: "0.12.1", electron: "45.4.1", role: "kiosk", packaged: true });
  log.write("enrol.done", { role: "kiosk", deviceId: "01932b7e-1111-7222-8333-4444a5b5c6d6" });
  log.write("store.fault", { name: "open", message: "Error: ENOSPC: no space left on device, write" });
  expect(lastLogLines(log.file)).toMatchObject([
    { version: "0.12.1", electron: "45.4.1" },
    { deviceId: "01932b7e-1111-7222-8333-4444a5b5c6d6" },
    { name: "open", message: "Error ENOSPC" },
  ]);
});

it("sends no more bytes than the node takes, the last ones", () => {
  const file = join(folder, "long.log");
  const at = "2026-11-23T01:00:00.000Z";
  const wide = "щ".repeat(300);
  const line = (seq: number): string =>
    `${JSON.stringify({ at, event: "security.navigation", role: wide, scheme: wide, kind: String(seq) })}\n`;
  writeFileSync(file, Array.from({ length: 300 }, (_, seq) => line(seq)).join(""));
  const lines = lastLogLines(file);
  expect(lines.at(-1)).toMatchObject({ kind: "299" });
  expect(Buffer.byteLength(JSON.stringify(lines))).toBeLessThan(LOG_BYTES_MAX + 10);
  expect(lines.length).toBeGreaterThan(50);
});

it("takes the last lines of the file before too, and leaves out what it does not know", () => {
  const file = join(folder, "terminal.log");
  const at = "2026-11-23T01:00:00.000Z";
  const line = (fields: object): string => `${JSON.stringify({ at, ...fields })}\n`;
  writeFileSync(`${file}.1`, line({ event: "app.quit" }).repeat(400));
  writeFileSync(
    file,
    `${line({ event: "sync.connected", ms: 5, secret: "x" })}${line({ event: "made.up", a: 1 })}{"at":"2026`,
  );
  const lines = lastLogLines(file);
  expect(lines.length).toBe(298);
  expect(lines.at(-1)).toEqual({ at, event: "sync.connected", ms: 5 });
  expect(lastLogLines(join(folder, "none.log"))).toEqual([]);
});
