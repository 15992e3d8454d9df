import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unzip } from "./unzip.mjs";

let folder;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "unzip-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A ZIP file as Info-ZIP writes it: local header, data, directory. */
const zipOf = (entries) => {
  const [bodies, directory] = [[], []];
  let offset = 0;
  for (const { name, text = "", mode = 0o100644, stored = false } of entries) {
    const data = Buffer.from(text);
    const packed = stored ? data : deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(data.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(mode, 40);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
};

const unpack = async (name, entries, rename) => {
  const [file, target] = [join(folder, `${name}.zip`), join(folder, name)];
  writeFileSync(file, zipOf(entries));
  await unzip(file, target, rename);
  return target;
};

describe("unzip", () => {
  it("unpacks stored, deflated and empty files, modes and links, and leaves out what it is told to", async () => {
    const entries = [
      { name: "App/" },
      { name: "App/program", text: "run ".repeat(5000), mode: 0o100755 },
      { name: "App/locales/zh.pak", text: "中文", stored: true },
      { name: "App/empty", stored: true },
      { name: "App/link", text: "program", mode: 0o120777 },
      { name: "App/resources/secret", text: "no" },
    ];
    const target = await unpack("whole", entries, (name) => (name.includes("resources/") ? undefined : name.slice(4)));
    expect(readFileSync(join(target, "program"), "utf8")).toBe("run ".repeat(5000));
    expect(statSync(join(target, "program")).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(target, "locales/zh.pak"), "utf8")).toBe("中文");
    expect(statSync(join(target, "empty")).size).toBe(0);
    expect(readlinkSync(join(target, "link"))).toBe("program");
    expect(statSync(join(target, "resources"), { throwIfNoEntry: false })).toBeUndefined();
  });

  it("refuses a path that leads out of the folder, and a file that is no ZIP", async () => {
    await expect(unpack("out", [{ name: "../evil", text: "x" }])).rejects.toThrow("leads out");
    writeFileSync(join(folder, "no.zip"), "not a zip file at all, but long enough to look into");
    await expect(unzip(join(folder, "no.zip"), folder)).rejects.toThrow("not a ZIP");
  });
});
