/** The part of the library that ticket paper uses; it comes without types. */
declare module "@point-of-sale/receipt-printer-encoder" {
  class ReceiptPrinterEncoder {
    constructor(options: {
      readonly language: "esc-pos";
      readonly columns: number;
      readonly newline: string;
      readonly feedBeforeCut: number;
      readonly imageMode: "raster";
    });
    initialize(): this;
    raw(bytes: readonly number[]): this;
    /** Width and height must be multiples of 8; `data` is RGBA, dark is printed. */
    image(
      picture: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray },
      width: number,
      height: number,
      algorithm: "threshold",
      threshold: number,
    ): this;
    qrcode(
      text: string,
      options: { readonly model: 1 | 2; readonly size: number; readonly errorlevel: "l" | "m" | "q" | "h" },
    ): this;
    cut(kind: "full" | "partial"): this;
    encode(): Uint8Array;
  }
  export { ReceiptPrinterEncoder as default };
}
