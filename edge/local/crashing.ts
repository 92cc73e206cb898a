import type { Payments } from "../platform/payments.ts";
import type { Sql } from "../platform/sql.ts";

/** The process is gone: nothing that it had begun goes on. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/**
 * A process that can be killed between any two things that it does outside itself: when a statement
 * has committed, when the payment provider has done what was asked, and nothing of it is known yet.
 */
export class CrashPoints {
  /** How many points were passed since the last revival. */
  passed = 0;
  /** How often it has died. */
  deaths = 0;
  #at = Number.POSITIVE_INFINITY;
  #isDead = false;

  /** Dies at the nth point from now, counted from 1. */
  dieAt(point: number): void {
    this.passed = 0;
    this.#isDead = false;
    this.#at = point;
  }

  /** Starts anew, for good. */
  revive(): void {
    this.dieAt(Number.POSITIVE_INFINITY);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Between one thing's end and the next one's beginning nothing lasting happens: one point. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isDead) this.#pass();
    const result = await work();
    this.#pass();
    return result;
  }

  wrapSql(sql: Sql): Sql {
    return {
      query: (text, values) => this.around(() => sql.query(text, values)),
      transaction: (work) => this.around(() => sql.transaction((tx) => work(this.wrapSql(tx)))),
    };
  }

  wrapPayments(payments: Payments): Payments {
    return new Proxy(payments, {
      get: (target, name: keyof Payments) => {
        const member = target[name];
        // Lists are asked for in pieces, and reading a body asks nobody.
        if (name.startsWith("list") || name.startsWith("read")) return member;
        const call = member as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => this.around(() => call(...args));
      },
    });
  }

  #pass(): void {
    if (!this.#isDead) this.passed += 1;
    if (this.passed >= this.#at && !this.#isDead) {
      this.#isDead = true;
      this.deaths += 1;
    }
    if (this.#isDead) throw new Crash(`the process died at point ${this.#at}`);
  }
}
