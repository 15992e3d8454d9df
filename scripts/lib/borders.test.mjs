import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { borders } from "./borders.mjs";

const problemOf = (filename, code) => {
  const linter = new Linter({ cwd: process.cwd() });
  const config = { files: ["**/*.ts", "**/*.tsx"], plugins: { borders }, rules: { "borders/imports": "error" } };
  return linter.verify(code, [config], { filename })[0]?.message;
};

describe("folder borders", () => {
  it.each([
    ["shared/domain/queue/decide.ts", 'import { z } from "zod";'],
    ["shared/domain/queue/decide.ts", 'import { ok } from "../../basics/result.ts";'],
    ["shared/basics/sha256.ts", 'import { sha256 } from "@noble/hashes/sha2.js";'],
    ["shared/domain/queue/decide.test.ts", 'import fc from "fast-check"; import fs from "node:fs";'],
    ["renderer/apps/kiosk/home.tsx", 'import { Button } from "../../ui/button.tsx"; import "./home.css";'],
    ["renderer/apps/kiosk/home.tsx", 'import { z } from "../../../shared/contract/api.ts"; import dayjs from "dayjs";'],
    ["center/app.ts", 'import fs from "node:fs"; import { x } from "../shared/x.ts"; import Fastify from "fastify";'],
    ["electron/main.ts", 'import { app } from "electron"; import Store from "electron-store";'],
    ["electron/preload/staff.ts", 'import { contextBridge } from "electron";'],
    ["tests/e2e/kiosk.spec.ts", 'import { app } from "../../center/app.ts"; import { test } from "@playwright/test";'],
  ])("%s may: %s", (file, code) => expect(problemOf(file, code)).toBeUndefined());

  it.each([
    ["shared/domain/queue/decide.ts", 'import dayjs from "dayjs";', "imports nothing but zod"],
    ["shared/domain/queue/decide.ts", 'import { createHash } from "node:crypto";', "imports nothing but zod"],
    ["shared/domain/queue/decide.ts", 'export { x } from "../../../center/x.ts";', "imports nothing but zod"],
    ["renderer/store/db.ts", 'const fs = await import("fs");', "sandboxed browser code"],
    ["renderer/store/db.ts", 'import { ipcRenderer } from "electron";', "sandboxed browser code"],
    ["renderer/store/db.ts", 'import { x } from "../../center/x.ts";', "sandboxed browser code"],
    ["renderer/apps/kiosk/home.tsx", 'import { x } from "../window/line.tsx";', "One screen does not import another"],
    ["renderer/ui/button.tsx", 'import x from "./theme";', "extension"],
    ["center/app.ts", 'import { x } from "../renderer/x.ts";', "without a screen"],
    ["center/app.ts", 'import { app } from "electron";', "without a screen"],
    ["electron/preload/staff.ts", 'import fs from "node:fs";', "sandbox"],
    ["electron/windows/open.ts", 'import { App } from "../../renderer/app.tsx";', "never as code"],
    ["tests/stories/a.test.ts", 'import { app } from "electron";', "Only electron/"],
  ])("%s may not: %s", (file, code, why) => expect(problemOf(file, code)).toContain(why));
});
