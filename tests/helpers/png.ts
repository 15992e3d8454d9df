import { crc32, deflateSync, inflateSync } from "node:zlib";

/** A picture in black and white; one byte a dot, 1 is black. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

const chunk = (name: string, body: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

const rowBytes = (width: number): number => Math.ceil(width / 8);

/** The bitmap as a PNG file of one bit a dot. */
export const encodePng = ({ width, height, dots }: Bitmap): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1; // bits a dot; the rest stays 0: grey, no interlacing
  const length = 1 + rowBytes(width);
  const rows = Buffer.alloc(length * height, 0xff);
  for (let y = 0; y < height; y += 1) {
    rows[y * length] = 0; // unfiltered
    for (let x = 0; x < width; x += 1)
      if (dots[y * width + x] === 1) rows[y * length + 1 + (x >> 3)]! &= ~(0x80 >> (x & 7));
  }
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

/** The bitmap in a PNG file that `encodePng` has written. @throws at any other kind */
export const decodePng = (file: Buffer): Bitmap => {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const start = file.indexOf("IDAT");
  if (!file.subarray(0, 8).equals(SIGNATURE) || file[24] !== 1 || start < 0) throw new Error("not a PNG of ours");
  const rows = inflateSync(file.subarray(start + 4, start + 4 + file.readUInt32BE(start - 4)));
  const length = 1 + rowBytes(width);
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      dots[y * width + x] = (rows[y * length + 1 + (x >> 3)]! & (0x80 >> (x & 7))) === 0 ? 1 : 0;
  return { width, height, dots };
};
