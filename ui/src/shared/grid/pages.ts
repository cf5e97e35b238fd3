/** Pages of a long list, read when a row of them is drawn. */

export interface Page<R> {
  total: number
  rows: R[]
}

type Read<R> = (offset: number, limit: number) => Promise<Page<R>>

/** Most pages kept; the ones asked for longest ago go first. */
const KEPT = 40
/** Pages read for one moment of scrolling: those asked for last. */
const AT_ONCE = 3
/** The part of a page at either end from which on the page beyond is read. */
const AHEAD = 0.4

export class Pages<R> {
  private readonly pages = new Map<number, R[]>()
  private readonly reading = new Map<number, number>()
  private wanted: number[] = []
  private stale = new Set<number>()
  private epoch = 0
  total = 0

  constructor(
    private readonly read: Read<R>,
    private readonly arrived: () => void,
    private readonly failed: (cause: unknown) => void,
    private readonly later: (run: () => void) => void,
    readonly size = 200,
  ) {}

  /** The row, if it is here; otherwise it is asked for. */
  row(index: number): R | undefined {
    const number = Math.floor(index / this.size)
    const page = this.pages.get(number)
    const place = index % this.size
    if (page === undefined || this.stale.has(number)) this.want(number)
    // What scrolling reaches next is read ahead.
    else if (place >= this.size * (1 - AHEAD) && (number + 1) * this.size < this.total) this.want(number + 1, true)
    else if (place < this.size * AHEAD && number > 0) this.want(number - 1, true)
    return page?.[place]
  }

  /** The row, if it is here, without asking for it. */
  peek(index: number): R | undefined {
    return this.pages.get(Math.floor(index / this.size))?.[index % this.size]
  }

  /** Where the row stands that is meant, if it is here. */
  find(meant: (row: R) => boolean): number | undefined {
    for (const [number, rows] of this.pages) {
      const place = rows.findIndex(meant)
      if (place >= 0) return number * this.size + place
    }
    return undefined
  }

  /** Another list: nothing that is here holds. False when a later reading took its place. */
  async restart(): Promise<boolean> {
    const epoch = (this.epoch += 1)
    this.pages.clear()
    this.stale.clear()
    this.reading.clear()
    this.wanted = []
    await this.load(0)
    return epoch === this.epoch
  }

  /** The same list after changes: rows stay visible until the new ones arrive. False when a later reading took its place. */
  async refresh(): Promise<boolean> {
    const epoch = (this.epoch += 1)
    this.reading.clear()
    this.stale = new Set(this.pages.keys())
    const seen = [...this.pages.keys()].slice(-AT_ONCE)
    if (seen.length === 0) seen.push(0)
    await Promise.all(seen.map((number) => this.load(number)))
    return epoch === this.epoch
  }

  /** The rows of a range; those that could not be read are missing. */
  async range(from: number, to: number): Promise<(R | undefined)[]> {
    const rows: (R | undefined)[] = []
    let index = from
    while (index <= to) {
      const number = Math.floor(index / this.size)
      if (!this.pages.has(number)) await this.load(number)
      // Taken at once: while later pages are read, this one may go.
      const page = this.pages.get(number)
      const end = Math.min(to, (number + 1) * this.size - 1)
      for (; index <= end; index += 1) rows.push(page?.[index % this.size])
    }
    return rows
  }

  private want(number: number, ahead = false): void {
    if (this.reading.get(number) === this.epoch || (ahead && this.pages.has(number))) return
    const first = this.wanted.length === 0
    if (!ahead) this.wanted = [...this.wanted.filter((other) => other !== number), number]
    else if (!this.wanted.includes(number)) this.wanted.unshift(number)
    if (!first || this.wanted.length === 0) return
    this.later(() => {
      const next = this.wanted.slice(-AT_ONCE).reverse()
      this.wanted = []
      for (const page of next) void this.load(page)
    })
  }

  private async load(number: number): Promise<void> {
    const epoch = this.epoch
    this.reading.set(number, epoch)
    try {
      const page = await this.read(number * this.size, this.size)
      if (epoch !== this.epoch) return
      this.total = page.total
      this.pages.delete(number)
      this.pages.set(number, page.rows)
      this.stale.delete(number)
      this.forget()
      this.arrived()
    } catch (cause) {
      if (epoch === this.epoch) this.failed(cause)
    } finally {
      if (this.reading.get(number) === epoch) this.reading.delete(number)
    }
  }

  private forget(): void {
    for (const number of this.pages.keys()) {
      if (this.pages.size <= KEPT) return
      this.pages.delete(number)
      this.stale.delete(number)
    }
  }
}
