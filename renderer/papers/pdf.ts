/** A page of a scan: a JPEG of so many pixels. */
export interface PdfPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A4 in points. */
const SHORT = 595.28;
const LONG = 841.89;

const encoder = new TextEncoder();
const number = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * JPEGs as the pages of a PDF 1.4, each as large as it may be on an A4 sheet of its own orientation. The pictures go in as they
 * are (DCTDecode), so nothing is lost, and equal pages give an equal file. Nothing but the pictures is in it: no names, no time.
 * @throws when there is no page
 */
export const pdfOfPages = (pages: readonly PdfPage[]): Uint8Array<ArrayBuffer> => {
  if (pages.length === 0) throw new Error("a PDF needs a page");
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  const put = (part: Uint8Array | string): void => {
    const bytes = typeof part === "string" ? encoder.encode(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (id: number, ...body: readonly (Uint8Array | string)[]): void => {
    offsets[id] = length;
    put(`${String(id)} 0 obj\n`);
    body.forEach(put);
    put("\nendobj\n");
  };
  put("%PDF-1.4\n");
  // Bytes above 127 in a comment tell mail programs and the like that this is no text.
  put(new Uint8Array([0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]));
  const pageId = (at: number): number => 3 + at * 3;
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  const kids = pages.map((_, at) => `${String(pageId(at))} 0 R`).join(" ");
  object(2, `<< /Type /Pages /Count ${String(pages.length)} /Kids [${kids}] >>`);
  pages.forEach(({ jpeg, width, height }, at) => {
    const id = pageId(at);
    const [sheetWidth, sheetHeight] = width > height ? [LONG, SHORT] : [SHORT, LONG];
    const scale = Math.min(sheetWidth / width, sheetHeight / height);
    const [w, h] = [width * scale, height * scale];
    const [x, y] = [(sheetWidth - w) / 2, (sheetHeight - h) / 2];
    const draw = `q ${number(w)} 0 0 ${number(h)} ${number(x)} ${number(y)} cm /I Do Q`;
    object(
      id,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${number(sheetWidth)} ${number(sheetHeight)}] /Resources << /XObject << /I ${String(id + 1)} 0 R >> >> /Contents ${String(id + 2)} 0 R >>`,
    );
    object(
      id + 1,
      `<< /Type /XObject /Subtype /Image /Width ${String(width)} /Height ${String(height)} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${String(jpeg.length)} >>\nstream\n`,
      jpeg,
      "\nendstream",
    );
    object(id + 2, `<< /Length ${String(draw.length)} >>\nstream\n${draw}\nendstream`);
  });
  const start = length;
  const count = 3 + pages.length * 3;
  put(`xref\n0 ${String(count)}\n0000000000 65535 f \n`);
  for (let id = 1; id < count; id += 1) put(`${String(offsets[id] ?? 0).padStart(10, "0")} 00000 n \n`);
  put(`trailer\n<< /Size ${String(count)} /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const latin = new TextDecoder("latin1");
const PICTURE = /\/DCTDecode[^>]*\/Length (\d+)[^>]*>>\s*stream\r?\n/g;

/** The pictures that a PDF of a scan is made of, in their order; none of a PDF that is made otherwise. */
export const picturesOfPdf = (bytes: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] =>
  [...latin.decode(bytes).matchAll(PICTURE)].flatMap((match) => {
    const from = match.index + match[0].length;
    const picture = bytes.slice(from, from + Number(match[1]));
    return picture[0] === 0xff && picture[1] === 0xd8 ? [picture] : [];
  });
