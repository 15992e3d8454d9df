/** What is handed to a technician: a tar.gz and a Debian package of a folder, made with the system's own tar and dpkg-deb. */
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { collect, findProgram, PlainError } from "./base.mjs";

const must = async (command, args, options) => {
  if (!findProgram(command)) throw new PlainError(`${command} is needed for this package and not installed.`);
  const { code, output } = await collect(command, args, options);
  if (code !== 0) throw new PlainError(`${output.trimEnd()}\n${command} failed (see above).`);
};

/** The architecture as Debian calls it. */
export const debianArch = { x64: "amd64", arm64: "arm64" }[process.arch] ?? process.arch;

/** Packs `folder` as `<top>/…`, owned by root whoever packs it. */
export const makeTarball = async ({ folder, top, file }) => {
  const owner = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name"];
  await must("tar", ["-czf", file, ...owner, `--transform=s,^\\.,${top},S`, "-C", folder, "."], {
    env: { ...process.env, GZIP: "-6" },
  });
};

/**
 * Packs `root` (its usr/, opt/, …) as a Debian package.
 * @param scripts folder with postinst, prerm, postrm, where there are any
 */
export const makeDeb = async ({ root, file, name, version, depends, summary, scripts }) => {
  const control = join(root, "DEBIAN");
  rmSync(control, { recursive: true, force: true });
  mkdirSync(control, { mode: 0o755 });
  cpSync(scripts, control, { recursive: true });
  for (const script of ["postinst", "prerm", "postrm"]) chmodSync(join(control, script), 0o755);
  const lines = [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${debianArch}`,
    "Maintainer: service-hall <service-hall@localhost>",
    "Section: misc",
    "Priority: optional",
    `Depends: ${depends.join(", ")}`,
    `Description: ${summary}`,
  ];
  writeFileSync(join(control, "control"), `${lines.join("\n")}\n`);
  // Level 1: the bulk is Chromium and PostgreSQL, which a higher one makes hardly smaller and much slower.
  await must("dpkg-deb", ["--root-owner-group", "-Zxz", "-z1", "--build", root, file]);
};
