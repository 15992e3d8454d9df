// The program of this checkout, which waits for Playwright before it opens its first window.
const { join } = require("node:path");
const { app } = require("electron");

require("../../helpers/attach-before-ready.cjs");

const ROOT = join(__dirname, "../../..");
const { name, version, main } = require(join(ROOT, "package.json"));
app.setAppPath(ROOT);
app.setName(name);
app.setVersion(version);
require(join(ROOT, main));
