/** Components that one peer may stand for; noise and a hostile peer must not fill the table. */
const mostPerPath = 64;

/**
 * Which systems and components were heard from which peer (MAVLink developer guide, "Routing"): what is meant for one of
 * them goes there and nowhere else.
 */
export class RouteTable {
  readonly #heard = new Map<string, Set<number>>();

  learn(pathKey: string, sysid: number, compid: number): void {
    const at = this.#heard.get(pathKey);
    const id = idOf(sysid, compid);
    if (at === undefined) this.#heard.set(pathKey, new Set([id]));
    else if (at.size < mostPerPath) at.add(id);
  }

  forget(pathKey: string): void {
    this.#heard.delete(pathKey);
  }

  /** Whether this component was heard there; component 0 means any of the system. */
  has(pathKey: string, sysid: number, compid: number): boolean {
    const at = this.#heard.get(pathKey);
    if (at === undefined) return false;
    if (compid !== 0) return at.has(idOf(sysid, compid));
    for (const id of at) if (id >>> 8 === sysid) return true;
    return false;
  }
}

const idOf = (sysid: number, compid: number): number => (sysid << 8) | compid;
