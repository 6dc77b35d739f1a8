/** A condition the reader of the message can change; shown without a stack. */
export class Problem extends Error {}
