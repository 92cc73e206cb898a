/**
 * What was started, to be undone in the opposite order. A step that is added after the undoing
 * began (a part that was still starting then) is undone at once.
 */
export class Undo {
  private readonly steps: (() => Promise<unknown>)[] = [];
  private isUndoing = false;

  async add(step: () => Promise<unknown>): Promise<void> {
    if (this.isUndoing) await step();
    else this.steps.push(step);
  }

  async run(): Promise<void> {
    this.isUndoing = true;
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      // One part that does not stop cleanly must not keep the others running.
      await step().catch(() => {});
    }
  }
}
