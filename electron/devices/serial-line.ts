import { SerialPort } from "serialport";

/** A serial line as devices use it: 8 data bits, no parity, 1 stop bit. */
export interface SerialLine {
  write(bytes: Uint8Array): void;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Also when the plug was pulled. */
  onClosed(listener: () => void): void;
  close(): Promise<void>;
}

/** @throws when there is no such port, or something else holds it */
export const openSerialLine = (path: string, baudRate: number): Promise<SerialLine> =>
  new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    port.open((error) => {
      if (error) {
        reject(error);
        return;
      }
      // Without a listener an error on the line would end the program; "close" follows it.
      port.on("error", () => undefined);
      resolve({
        write: (bytes) => void port.write(Buffer.from(bytes)),
        onBytes: (listener) => void port.on("data", listener),
        onClosed: (listener) => void port.on("close", listener),
        close: () =>
          new Promise((done) => {
            if (port.isOpen) port.close(() => done());
            else done();
          }),
      });
    });
  });

/** Names of the ports of this computer, for the set-up to choose from. */
export const listSerialPorts = async (): Promise<readonly string[]> => {
  // The package's own types lead to a file that it does not ship.
  const ports = (await SerialPort.list()) as readonly { readonly path: string }[];
  return ports.map(({ path }) => path);
};
