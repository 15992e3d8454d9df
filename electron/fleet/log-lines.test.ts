import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
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
