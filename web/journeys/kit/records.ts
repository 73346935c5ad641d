import { randomUUID } from 'node:crypto';
import type { Wire } from '@wujin/api';
import type { Caller } from './caller';

export const campaign = 'baofeng-2023';

export async function campaignOf(caller: Caller, id = campaign): Promise<Wire<'Campaign'>> {
  return caller.get<Wire<'Campaign'>>(`/api/v1/campaigns/${id}`);
}

/** The least an activity is; anything else is added. */
export function activityAt(place: string, entry: string, more: Partial<Wire<'ActivityChange'>> = {}): Wire<'ActivityChange'> {
  return {
    campaign, place, entry, started_at: '2023-10-25T09:30:00+08:00', title: '示例：逐户讲解用火用电安全',
    text: '示例：志愿者走访居民楼，检查楼道并讲解电动车充电安全。', photos: [], ...more,
  };
}

export const activityPath = (id: string): string => `/api/v1/activities/${id}`;
export const newId = (): string => randomUUID();

export async function record(caller: Caller, change: Wire<'ActivityChange'>, id = newId()): Promise<Wire<'Activity'>> {
  return (await caller.expects<Wire<'Activity'>>('PUT', activityPath(id), 201, { json: change })).json;
}

export const sitePath = (id: string): string => `/api/v1/sites/${id}`;
export const planPath = (place: string, rest = ''): string => `/api/v1/plans/${campaign}/${place}${rest}`;
export const reportPath = (place: string, month: string, rest = ''): string => `/api/v1/reports/${campaign}/${place}/${month}${rest}`;
export const summaryPath = (place: string, rest = ''): string => `/api/v1/summaries/${campaign}/${place}${rest}`;
export const appraisalPath = (rest = '', of = campaign): string => `/api/v1/appraisals/${of}${rest}`;
export const mergedPath = (month: string, of = campaign): string => `/api/v1/merged-reports/${of}/${month}/document.docx`;

export function rowOf(more: Partial<Wire<'PlanRowChange'>> = {}): Wire<'PlanRowChange'> {
  return { from: '2023-10-30', to: '2023-11-05', focus: '示例：入户宣传', in_charge: '示例甲', ...more };
}
