/** The part of the library that ticket paper uses; it comes without types. */
declare module "@point-of-sale/receipt-printer-encoder" {
  class ReceiptPrinterEncoder {
    constructor(options: {
      readonly language: "esc-pos";
      readonly columns: number;
      readonly newline: string;
      readonly feedBeforeCut: number;
    });
    initialize(): this;
    raw(bytes: readonly number[]): this;
    qrcode(
      text: string,
      options: { readonly model: 1 | 2; readonly size: number; readonly errorlevel: "l" | "m" | "q" | "h" },
    ): this;
    cut(kind: "full" | "partial"): this;
    encode(): Uint8Array;
  }
  export { ReceiptPrinterEncoder as default };
}
