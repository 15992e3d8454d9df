import { X509Certificate } from "node:crypto";
import { hostname, networkInterfaces } from "node:os";
import type { Logger } from "../logger.ts";
import { makeServerCertificate, type Certified } from "./certificate.ts";

/** Renewed when less is left: terminals' clocks may be ahead. */
const LEFT_MS = 120 * 86_400_000;
const LOOK_MS = 3_600_000;

/** The names and addresses at which this computer may be reached now. */
const ownNames = (more: readonly string[]): readonly string[] => {
  const addresses = Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address));
  // A link-local address has a zone behind it on some systems, which is no part of it.
  return [...new Set([...more, hostname(), "localhost", ...addresses.map((each) => each.replace(/%.*$/, "")).sort()])];
};

/**
 * The certificate that a center serves with, made anew when it starts, when it comes to its end and when the computer has
 * got another address.
 */
export class ServedCertificate {
  private names: readonly string[];
  private served: Certified;

  /** @param moreNames under which terminals reach the center, besides those that the computer knows of itself */
  constructor(
    private readonly authority: Certified,
    private readonly moreNames: readonly string[],
    private readonly clock: () => number,
    private readonly log: Logger,
  ) {
    this.names = ownNames(moreNames);
    this.served = makeServerCertificate(authority, this.names, clock());
  }

  /** For a TLS server; with the authority behind it, so that a new terminal can compare its letters. */
  get context(): Certified {
    return { cert: this.served.cert + this.authority.cert, key: this.served.key };
  }

  /** Renews when it is time. @returns whether there is another certificate now */
  renew(): boolean {
    const names = ownNames(this.moreNames);
    const left = Date.parse(new X509Certificate(this.served.cert).validTo) - this.clock();
    if (left > LEFT_MS && names.join() === this.names.join()) return false;
    this.names = names;
    this.served = makeServerCertificate(this.authority, names, this.clock());
    this.log.info({ event: "tls.renewed", names: names.length }, "server certificate renewed");
    return true;
  }

  /** Looks each hour. @returns the way to stop */
  keep(renewed: (context: Certified) => void): () => void {
    const timer = setInterval(() => {
      if (this.renew()) renewed(this.context);
    }, LOOK_MS);
    timer.unref();
    return () => clearInterval(timer);
  }
}
