/** A small ZIP reader, because a fresh machine may have neither unzip nor python3: stored and deflated entries, ZIP64. */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, symlink } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const MAX32 = 0xffffffff;

const readAt = async (file, position, length) => {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error("The ZIP file ends too early.");
  return buffer;
};

const findDirectory = async (file, size) => {
  const tailLength = Math.min(size, 65_557);
  const tail = await readAt(file, size - tailLength, tailLength);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END) continue;
    const offset = tail.readUInt32LE(at + 16);
    const found = { count: tail.readUInt16LE(at + 10), length: tail.readUInt32LE(at + 12), offset };
    if (at < 20 || tail.readUInt32LE(at - 20) !== END64_LOCATOR) return found;
    const end64 = await readAt(file, Number(tail.readBigUInt64LE(at - 12)), 56);
    return {
      count: Number(end64.readBigUInt64LE(32)),
      length: Number(end64.readBigUInt64LE(40)),
      offset: Number(end64.readBigUInt64LE(48)),
    };
  }
  throw new Error("This is not a ZIP file.");
};

/** The ZIP64 extra field holds, in this order, those of size, packed and offset that did not fit into 32 bits. */
const readEntry = (buffer, at) => {
  if (buffer.readUInt32LE(at) !== ENTRY) throw new Error("The directory of the ZIP file is damaged.");
  const nameLength = buffer.readUInt16LE(at + 28);
  const extraLength = buffer.readUInt16LE(at + 30);
  const entry = {
    method: buffer.readUInt16LE(at + 10),
    packed: buffer.readUInt32LE(at + 20),
    size: buffer.readUInt32LE(at + 24),
    mode: buffer.readUInt16LE(at + 40),
    offset: buffer.readUInt32LE(at + 42),
    name: buffer.toString("utf8", at + 46, at + 46 + nameLength),
  };
  let extra = at + 46 + nameLength;
  const extraEnd = extra + extraLength;
  const next = extraEnd + buffer.readUInt16LE(at + 32);
  for (; extra + 4 <= extraEnd; extra += 4 + buffer.readUInt16LE(extra + 2)) {
    if (buffer.readUInt16LE(extra) !== 1) continue;
    let field = extra + 4;
    for (const key of ["size", "packed", "offset"]) {
      if (entry[key] !== MAX32) continue;
      entry[key] = Number(buffer.readBigUInt64LE(field));
      field += 8;
    }
  }
  return { entry, next };
};

/** Unpacks `zip` into `folder`. `rename(name)` gives the path below the folder, or undefined to leave an entry out. */
export const unzip = async (zip, folder, rename = (name) => name, onProgress = () => {}) => {
  const file = await open(zip);
  try {
    const { size } = await file.stat();
    const directory = await findDirectory(file, size);
    const buffer = await readAt(file, directory.offset, directory.length);
    let at = 0;
    for (let index = 0; index < directory.count; index += 1) {
      const { entry, next } = readEntry(buffer, at);
      at = next;
      onProgress(index + 1, directory.count);
      const name = rename(entry.name);
      if (!name) continue;
      const target = normalize(join(folder, name));
      if (!target.startsWith(normalize(join(folder, "/")))) throw new Error(`The ZIP file leads out: ${entry.name}`);
      if (entry.name.endsWith("/")) {
        await mkdir(target, { recursive: true });
        continue;
      }
      await mkdir(dirname(target), { recursive: true });
      await extract(file, zip, entry, target);
    }
  } finally {
    await file.close();
  }
};

const SYMLINK = 0o120000;
const KIND = 0o170000;

const extract = async (file, zip, entry, target) => {
  const header = await readAt(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`Unknown ZIP method ${entry.method}: ${entry.name}`);
  const mode = entry.mode & 0o777 || 0o644;
  if (entry.packed === 0) {
    await (await open(target, "w", mode)).close();
    return;
  }
  const packed = createReadStream(zip, { start, end: start + entry.packed - 1, highWaterMark: 1 << 20 });
  const unpack = entry.method === 8 ? [createInflateRaw()] : [];
  if ((entry.mode & KIND) === SYMLINK) {
    const chunks = [];
    await pipeline(packed, ...unpack, async (source) => {
      for await (const chunk of source) chunks.push(chunk);
    });
    await symlink(Buffer.concat(chunks).toString("utf8"), target);
    return;
  }
  const out = createWriteStream(target, { mode });
  await pipeline(packed, ...unpack, out);
  if (out.bytesWritten !== entry.size) throw new Error(`The ZIP entry has the wrong size: ${entry.name}`);
};
