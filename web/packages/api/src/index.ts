import type { components } from './wire.generated';

export { createApi, settle, settleWhole, type Api, type ApiOptions } from './client';
export { newId } from './identity';
export { NoAnswer, Refusal, refusalFrom, type Fault, type Problem } from './problem';
export type { components, operations, paths } from './wire.generated';

/** A schema of the contract by its name: `Wire<'Activity'>`. */
export type Wire<Name extends keyof components['schemas']> = components['schemas'][Name];
