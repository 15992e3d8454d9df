import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { connect } from "node:net";
import { PrinterFault } from "./printer-fault.ts";

/** Bytes to and from a printer, whatever the cable. */
export interface PrinterLine {
  /** Resolves when the operating system has taken the bytes; rejects when the line is dead. */
  write(bytes: Uint8Array): Promise<void>;
  /** Called for whatever the printer sends, until `close`. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  isOpen(): boolean;
  close(): void;
}

const CONNECT_MS = 2_000;
/** How often a character device is asked whether something came: it cannot wake a program of plain Node. */
const POLL_MS = 15;
/** A printer that stands still takes nothing more; a ticket as a picture has 100 kB, which the slowest print in six seconds. */
const WRITE_MS = 8_000;

/** A printer on the network: raw port, usually 9100. */
export const openTcpLine = (host: string, port: number): Promise<PrinterLine> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = () => {
      clearTimeout(late);
      socket.destroy();
      reject(new PrinterFault("offline"));
    };
    const late = setTimeout(fail, CONNECT_MS);
    socket.once("error", fail);
    socket.once("connect", () => {
      clearTimeout(late);
      socket.off("error", fail);
      // Without a listener an error between two questions would end the program; that the line is dead shows in isOpen.
      socket.on("error", () => undefined);
      resolve({
        write: (bytes) =>
          new Promise((done, dead) => {
            const tooLate = setTimeout(() => dead(new Error("the printer takes nothing more")), WRITE_MS);
            socket.write(bytes, (error) => {
              clearTimeout(tooLate);
              if (error) dead(error);
              else done();
            });
          }),
        onBytes: (listener) => void socket.on("data", listener),
        isOpen: () => !socket.destroyed,
        close: () => void socket.destroy(),
      });
    });
  });

const again = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "EAGAIN";
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

class DeviceFileLine implements PrinterLine {
  private alive = true;
  private listeners: ((bytes: Uint8Array) => void)[] = [];

  constructor(private readonly file: FileHandle) {
    void this.listen();
  }

  async write(bytes: Uint8Array): Promise<void> {
    const until = performance.now() + WRITE_MS;
    let at = 0;
    while (at < bytes.length) {
      if (!this.alive) throw new Error("the device is closed");
      try {
        at += (await this.file.write(bytes, at)).bytesWritten;
      } catch (error) {
        if (!again(error) || performance.now() > until) throw error;
        await pause(POLL_MS);
      }
    }
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.listeners.push(listener);
  }

  isOpen(): boolean {
    return this.alive;
  }

  close(): void {
    this.alive = false;
    this.listeners = [];
  }

  /** Reads until the line is closed; the file is closed here, so that no read is under way on a file of another number. */
  private async listen(): Promise<void> {
    const buffer = new Uint8Array(64);
    while (this.alive) {
      try {
        const { bytesRead } = await this.file.read(buffer, 0, buffer.length, null);
        for (const listener of this.listeners) if (bytesRead > 0) listener(buffer.slice(0, bytesRead));
        if (bytesRead === 0) await pause(POLL_MS);
      } catch (error) {
        if (!again(error)) this.alive = false;
        else await pause(POLL_MS);
      }
    }
    // A device that was pulled out cannot be closed any more; there is nothing left to do about it.
    await this.file.close().catch(() => undefined);
  }
}

/** A printer at USB through the kernel's own driver (usblp): a character device that is written and read. */
export const openDeviceLine = async (path: string): Promise<PrinterLine> => {
  try {
    const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
    return new DeviceFileLine(file);
  } catch {
    // Not there, in use by somebody else, or without the right: for whoever stands there it is not ready.
    throw new PrinterFault("offline");
  }
};
