import { X509Certificate } from "node:crypto";
import { hostname, networkInterfaces } from "node:os";
import type { Logger } from "../logger.ts";
import { makeServerCertificate, type Certified } from "./certificate.ts";

/** Renewed when less is left: terminals' clocks may be ahead. */
const LEFT_MS = 120 * 86_400_000;
/** A terminal that looks for the node while the network comes up must not wait for longer. */
const LOOK_MS = 15_000;

/** The names and addresses at which this computer may be reached now. */
const ownNames = (more: readonly string[]): readonly string[] => {
  const addresses = Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address));
  // Nobody reaches a server by an IPv6 address that holds on one link alone: no URL can say on which one.
  return [...more, hostname(), "localhost", ...addresses.filter((each) => !/^fe[89ab]/i.test(each))];
};

/**
 * The certificate that a center serves with, made anew when it starts, when it comes to its end and when the computer has
 * got another address. An address that it had since the start stays in: networks come and go, and come back.
 */
export class ServedCertificate {
  private readonly names: Set<string>;
  private served: Certified;

  /** @param moreNames under which terminals reach the center, besides those that the computer knows of itself */
  constructor(
    private readonly authority: Certified & { readonly vouched?: string | null },
    private readonly moreNames: readonly string[],
    private readonly clock: () => number,
    private readonly log: Logger,
  ) {
    this.names = new Set(ownNames(moreNames));
    this.served = makeServerCertificate(authority, [...this.names], clock());
  }

  /**
   * For a TLS server; with the authority behind it, so that a new terminal can compare its letters, and behind that the word
   * of the authority before it.
   */
  get context(): Certified {
    const { cert, vouched } = this.authority;
    return { cert: this.served.cert + cert + (vouched ?? ""), key: this.served.key };
  }

  /** Renews when it is time. @returns whether there is another certificate now */
  renew(): boolean {
    const before = this.names.size;
    for (const name of ownNames(this.moreNames)) this.names.add(name);
    const left = Date.parse(new X509Certificate(this.served.cert).validTo) - this.clock();
    if (left > LEFT_MS && this.names.size === before) return false;
    this.served = makeServerCertificate(this.authority, [...this.names], this.clock());
    this.log.info({ event: "tls.renewed", names: this.names.size }, "server certificate renewed");
    return true;
  }

  /** Looks every few seconds. @returns the way to stop */
  keep(renewed: (context: Certified) => void): () => void {
    const timer = setInterval(() => {
      if (this.renew()) renewed(this.context);
    }, LOOK_MS);
    timer.unref();
    return () => clearInterval(timer);
  }
}
