import { createCipheriv, createDecipheriv, randomBytes, scrypt, type BinaryLike } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Readable, Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { syncFolder } from "../durable-file.ts";

const MAGIC = Buffer.from("service-hall backup 1\n");
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const FRAME_BYTES = 256 * 1024;
const HEAD_BYTES = 5;

/** The file is no backup, was changed or cut, or the passphrase is another one. */
export class SealedFileError extends Error {}

/** Slow on purpose, 0.1 s: a passphrase that people remember can be guessed. */
const keyOf = (passphrase: BinaryLike, salt: Buffer): Promise<Buffer> =>
  new Promise((done, fail) =>
    scrypt(passphrase, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }, (error, key) =>
      error ? fail(error) : done(key),
    ),
  );

/** The key serves one file only, so that a counter will do as nonce; it keeps the frames in their order. */
const nonceOf = (index: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  return nonce;
};

/** Seals what comes in frames; the last one says that it is the last, so that a cut file is found. */
class Sealing extends Transform {
  private held = Buffer.alloc(0);
  private index = 0;

  constructor(
    private readonly key: Buffer,
    head: Buffer,
  ) {
    super();
    this.push(head);
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.held = Buffer.concat([this.held, chunk]);
    while (this.held.length > FRAME_BYTES) {
      this.frame(this.held.subarray(0, FRAME_BYTES), false);
      this.held = this.held.subarray(FRAME_BYTES);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    this.frame(this.held, true);
    done();
  }

  private frame(bytes: Buffer, isLast: boolean): void {
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32BE(bytes.length, 0);
    head.writeUInt8(isLast ? 1 : 0, 4);
    const cipher = createCipheriv("aes-256-gcm", this.key, nonceOf(this.index)).setAAD(head);
    const box = Buffer.concat([cipher.update(bytes), cipher.final()]);
    this.index += 1;
    this.push(Buffer.concat([head, cipher.getAuthTag(), box]));
  }
}

class Opening extends Transform {
  private held = Buffer.alloc(0);
  private index = 0;
  private isWhole = false;

  constructor(private readonly key: Buffer) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.held = Buffer.concat([this.held, chunk]);
    try {
      while (this.held.length >= HEAD_BYTES) {
        const end = HEAD_BYTES + TAG_BYTES + this.held.readUInt32BE(0);
        if (this.isWhole || end > HEAD_BYTES + TAG_BYTES + FRAME_BYTES)
          throw new SealedFileError("the file was changed");
        if (this.held.length < end) break;
        this.frame(this.held.subarray(0, end));
        this.held = this.held.subarray(end);
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.isWhole && this.held.length === 0 ? null : new SealedFileError("the file is cut: its end is missing"));
  }

  private frame(frame: Buffer): void {
    const head = frame.subarray(0, HEAD_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", this.key, nonceOf(this.index)).setAAD(head);
    decipher.setAuthTag(frame.subarray(HEAD_BYTES, HEAD_BYTES + TAG_BYTES));
    let bytes: Buffer;
    try {
      bytes = Buffer.concat([decipher.update(frame.subarray(HEAD_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      throw new SealedFileError(
        this.index === 0 ? "the passphrase is another one, or the file was changed" : "the file was changed",
      );
    }
    this.index += 1;
    this.isWhole = head.readUInt8(4) === 1;
    this.push(bytes);
  }
}

/** Writes lines into a sealed, compressed file: under another name until it is whole and on the disk. */
export const writeSealed = async (file: string, passphrase: string, lines: AsyncIterable<string>): Promise<void> => {
  const salt = randomBytes(SALT_BYTES);
  const key = await keyOf(passphrase, salt);
  const partial = `${file}.partial`;
  const ended = async function* (): AsyncGenerator<string> {
    for await (const line of lines) yield `${line}\n`;
  };
  try {
    const sink = createWriteStream(partial, { mode: 0o600 });
    await pipeline(Readable.from(ended()), createGzip(), new Sealing(key, Buffer.concat([MAGIC, salt])), sink);
    const handle = await open(partial, "r+");
    await handle.sync();
    await handle.close();
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
};

/** The lines of a sealed file. @throws SealedFileError, also in the middle: what came before is right, and not the whole */
export const readSealed = async function* (file: string, passphrase: string): AsyncGenerator<string> {
  const handle = await open(file, "r");
  const head = Buffer.alloc(MAGIC.length + SALT_BYTES);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  await handle.close();
  if (bytesRead < head.length || !head.subarray(0, MAGIC.length).equals(MAGIC))
    throw new SealedFileError("the file is no backup of a center");
  const key = await keyOf(passphrase, head.subarray(MAGIC.length));
  const gunzip = createGunzip();
  const reading = pipeline(createReadStream(file, { start: head.length }), new Opening(key), gunzip);
  let failed: unknown;
  reading.catch((error: unknown) => (failed = error));
  try {
    for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity })) yield line;
  } catch (error) {
    throw failed ?? error;
  }
  await reading;
};
