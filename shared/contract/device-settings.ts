import { z } from "zod";

/** How the devices of a terminal are connected, as its settings keep it and its set-up screen changes it. */

/** The printer of tickets. */
export const printerSettingsSchema = z.object({
  kind: z.enum(["none", "tcp", "usb", "queue"]),
  host: z.string().max(255),
  port: z.int().min(1).max(65535),
  /** The kernel's device file of a USB printer (Linux). */
  device: z
    .string()
    .regex(/^\/dev\/[a-z]+\/?[a-z]*[0-9]+$/)
    .max(60)
    .default("/dev/usb/lp0"),
  /** Name of the operating system's print queue; on Windows the name under which the printer is shared. */
  queue: z
    .string()
    .regex(/^[\p{L}\p{N}_.-]*$/u)
    .max(100)
    .default(""),
});
export type PrinterSettings = z.infer<typeof printerSettingsSchema>;

/** Where A4 papers go: a printer of the system ("": its default one), or as PDF into a folder. */
export const documentPrinterSettingsSchema = z.object({ kind: z.enum(["system", "pdf"]), name: z.string().max(300) });
export type DocumentPrinterSettings = z.infer<typeof documentPrinterSettingsSchema>;

/** The reader of identity cards. */
export const idReaderSettingsSchema = z.object({
  /** A serial port as the system names it, and nothing else of the disk; null: no reader. */
  port: z
    .string()
    .regex(
      /^(COM\d{1,3}|\/dev\/(tty[A-Za-z]{1,8}\d{1,4}|pts\/\d{1,5}|cu\.[\w-]{1,60}|serial\/by-id\/[\w.:+-]{1,120}))$/,
    )
    .nullable(),
});
export type IdReaderSettings = z.infer<typeof idReaderSettingsSchema>;

/** The string of LEDs over the counter of a window terminal. */
export const counterDisplaySettingsSchema = z.object({
  kind: z.enum(["none", "tcp"]),
  host: z.string().max(255),
  port: z.int().min(1).max(65535),
  /** Half-width characters that it shows. */
  cells: z.union([z.literal(8), z.literal(12)]),
});
export type CounterDisplaySettings = z.infer<typeof counterDisplaySettingsSchema>;
