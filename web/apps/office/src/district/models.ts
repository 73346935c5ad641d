import type { Wire } from '../desk/api';

export type Model = Wire<'Model'>;
export type TownStanding = Wire<'TownStanding'>;

export const issued = (model: Model): TownStanding[] => model.towns.filter((town) => town.model_version !== undefined);
/** Towns that have an older version. */
export const outdated = (model: Model): TownStanding[] => issued(model).filter((town) => town.model_version !== model.version);
/** Towns whose own Word forms gave way to the model's. */
export const replaced = (model: Model): TownStanding[] => model.towns.filter((town) => town.replaced_forms?.length);
/** Those to whom issuing gives anything: what the dialog proposes. */
export const behind = (model: Model): TownStanding[] => model.towns.filter((town) => town.model_version !== model.version);
