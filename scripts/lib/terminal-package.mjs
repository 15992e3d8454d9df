/** The terminal as it is installed on Linux: launcher, versions side by side, what installs an update, units and settings. */
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { LOCAL_CACHE, PlainError, ROOT } from "./base.mjs";

/**
 * Lays down what goes into /opt/service-hall: `<folder>/versions/<version>/…` and what starts it. With
 * SERVICE_HALL_RELEASE_PUBLIC_KEY (a PEM file) the installation takes releases that its other half has signed; without, none.
 */
export const stageInstallation = ({ unpacked, version, folder }) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "versions"), { recursive: true });
  const program = join(folder, "versions", version);
  cpSync(unpacked, program, { recursive: true, verbatimSymlinks: true });
  // Chromium's sandbox, where the system does not let a user make name spaces.
  chmodSync(join(program, "chrome-sandbox"), 0o4755);
  for (const name of ["launcher", "install-update"]) cpSync(join(ROOT, "packaging/install", name), join(folder, name));
  const key = process.env.SERVICE_HALL_RELEASE_PUBLIC_KEY;
  if (key !== undefined) cpSync(key, join(folder, "release-key.pem"));
};

const UNITS = ["service-hall-kiosk.service", "service-hall-update.service", "service-hall-update.path"];

/** As a desktop's menu looks for them. */
const ICON_SIZES = [16, 32, 48, 128, 256, 512];

/** The whole tree of the Debian package. Units are there, the kiosk's is not switched on. */
export const stageDebRoot = ({ unpacked, version }) => {
  const root = join(LOCAL_CACHE, "pack/terminal-deb");
  rmSync(root, { recursive: true, force: true });
  stageInstallation({ unpacked, version, folder: join(root, "opt/service-hall") });
  for (const folder of ["usr/bin", "usr/share/applications", "lib/systemd/system"])
    mkdirSync(join(root, folder), { recursive: true });
  symlinkSync("/opt/service-hall/launcher", join(root, "usr/bin/service-hall"));
  const linux = join(ROOT, "packaging/linux");
  cpSync(join(linux, "service-hall.desktop"), join(root, "usr/share/applications/service-hall.desktop"));
  for (const size of ICON_SIZES) {
    const name = `${size}x${size}`;
    const folder = join(root, "usr/share/icons/hicolor", name, "apps");
    mkdirSync(folder, { recursive: true });
    cpSync(join(ROOT, "packaging/icons", `${name}.png`), join(folder, "service-hall.png"));
  }
  for (const unit of UNITS) cpSync(join(linux, unit), join(root, "lib/systemd/system", basename(unit)));
  return root;
};

/** The packages that Chromium's libraries are in, and what the scripts of the package call. */
export const TERMINAL_DEPENDS = [
  "libgtk-3-0 | libgtk-3-0t64",
  "libnss3",
  "libasound2 | libasound2t64",
  "libgbm1",
  "libsecret-1-0",
  "fonts-noto-cjk",
  // install-update verifies Ed25519 signatures with it, which 1.1.1 cannot.
  "openssl (>= 3)",
];

/** @throws PlainError where a package of this kind cannot be made */
export const refuseOtherSystems = () => {
  if (process.platform !== "linux") throw new PlainError("deb, tar.gz and center are packed on Linux.");
};
