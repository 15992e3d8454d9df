import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./lib/base.mjs";

const UNIT = /\.(service|path|timer)$/;
const units = readdirSync(join(ROOT, "packaging"), { recursive: true, encoding: "utf8" }).filter((name) =>
  UNIT.test(name),
);
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

/** What systemd says of units, whose programs are put where there is one: what they start is not installed here. */
const verify = (texts) => {
  const folder = mkdtempSync(join(tmpdir(), "service-hall-units-"));
  try {
    const files = Object.entries(texts).map(([name, text]) => {
      const file = join(folder, name);
      writeFileSync(file, text.replaceAll(/^ExecStart=\S+/gm, "ExecStart=/bin/sh"));
      return file;
    });
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], {
      encoding: "utf8",
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
    });
    const own = `${stdout}${stderr}`
      .split("\n")
      .filter((line) => Object.keys(texts).some((name) => line.includes(name)));
    return { status, said: own };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const shipped = () =>
  Object.fromEntries(units.map((name) => [basename(name), readFileSync(join(ROOT, "packaging", name), "utf8")]));

it.skipIf(!hasSystemd)("systemd itself finds nothing wrong with the units that are shipped (S50)", () => {
  expect(units.length).toBeGreaterThan(2);
  expect(verify(shipped())).toEqual({ status: 0, said: [] });
});

it.skipIf(!hasSystemd)("would say so of a word that it does not know", () => {
  const { "service-hall-kiosk.service": kiosk } = shipped();
  const { said } = verify({ "service-hall-kiosk.service": kiosk.replace("Restart=always", "Restrat=always") });
  expect(said.join()).toContain("Restrat");
});

it("starts the terminal and the center again however often they end", () => {
  const texts = shipped();
  for (const name of ["service-hall-kiosk.service", "service-hall-center.service"]) {
    expect(texts[name], name).toMatch(/^Restart=always$/m);
    expect(texts[name], name).toMatch(/^StartLimitIntervalSec=0$/m);
  }
});
