import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { answerPath, drop } from '../kit/boxes';
import type { Caller } from '../kit/caller';
import { operations } from '../kit/contract';
import { firstTown, loadModel, model, modelPath, tighteningPath } from '../kit/district';
import { formPath, wordType } from '../kit/forms';
import { officeStandIn } from '../kit/office';
import { filePath, letterPath, mailboxPath, stationTown } from '../kit/letters';
import { Town, type Role } from '../kit/people';
import { claimOf, picture, tus } from '../kit/pictures';
import { activityAt, activityPath, appraisalPath, campaign, mergedPath, newId, planPath, record, reportPath, rowOf, sitePath, summaryPath } from '../kit/records';
import { quietSchedule, settingsPath } from '../kit/reminding';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

// Every route of the contract against every role, at the role's own place and at another: a town of its own, for the allowed do act.

type Where = 'own' | 'other';
const everywhere: Where[] = ['own', 'other'];
const roles: Role[] = ['village', 'resident_leader', 'station', 'district', 'system', 'security', 'auditor'];
type May = Partial<Record<Role, Where[]>>;
/** The leader of the sample is assigned every village. */
const readers: May = { village: ['own'], resident_leader: everywhere, station: everywhere, district: everywhere };
const recorders: May = { village: ['own'], station: everywhere };
const planners: May = { village: ['own'] };
const reviewers: May = { station: everywhere };
const keepersOfAccounts: May = { system: everywhere, district: everywhere, station: everywhere };
const leaders: May = { resident_leader: everywhere };

let data: string;
let server: RunningServer;
let town: Town;
const callers = {} as Record<Role, Caller>;
const place = {} as Record<Where, string>;
const person = {} as Record<Where, string>;
const photo = {} as Record<Where, string>;
const activity = {} as Record<Where, string>;
let entry: string;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  loadModel(data);
  server = await startTown(data, ['--libreoffice', officeStandIn()]);
  town = new Town(server.origin, data);
  for (const role of roles) callers[role] = await town.as(role);
  place.own = town.account('village').place;
  const taken = [place.own, town.account('resident_leader').place];
  const places = (await callers.station.get<Wire<'PlaceList'>>('/api/v1/places')).items;
  place.other = places.find((one) => one.kind === 'village' && !taken.includes(one.id) && town.accounts.some((account) => account.place === one.id))?.id ?? '';
  for (const where of everywhere) {
    const accounts = (await callers.system.get<Wire<'PersonList'>>(`/api/v1/people?place=${place[where]}`)).items;
    person[where] = accounts[0]?.id ?? '';
    const held = (await callers.station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${place[where]}&month=2023-09`)).items;
    const shown = held.find((one) => one.photos.some((each) => each.renditions_ready));
    activity[where] = shown?.id ?? '';
    photo[where] = shown?.photos[0]?.id ?? '';
  }
  await callers.district.expects('PUT', modelPath(firstTown), 201);
  entry = (await callers.station.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`)).entries[0].id;
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

interface Request { method?: string; path: string; json?: unknown; raw?: string | Uint8Array; headers?: Record<string, string> }
interface Route { operation: string; may: May; ask: (where: Where) => Request | Promise<Request> }
const route = (operation: string, may: May, ask: Route['ask']): Route => ({ operation, may, ask });

const stale = { 'if-match': '"of-long-ago"' };
const month = '2023-09';
const because = { reason: '示例' };
const policy = {
  lockout_failures: 5, lockout_minutes: 15, phone_session_days: 30, desk_session_minutes: 30, pin_after_minutes: 15, password_min_length: 8, invitation_days: 7,
};
/** By whoever may record there: what the station recorded, a village may not remove. */
const freshActivity = (where: Where) => record(where === 'own' ? callers.village : callers.station,
  activityAt(place[where], entry, where === 'own' ? {} : { on_behalf_reason: '示例' }));
const planner = async (where: Where): Promise<Caller> => (where === 'own' ? callers.village : town.signIn(...accountAt(place[where])));
async function freshRow(where: Where): Promise<Wire<'PlanRow'>> {
  return (await (await planner(where)).expects<Wire<'PlanRow'>>('PUT', planPath(place[where], `/rows/${newId()}`), 201, { json: rowOf() })).json;
}
function accountAt(id: string): [string, string] {
  const found = town.accounts.find((account) => account.place === id && account.role === 'village');
  if (!found) throw new Error(`nobody records for ${id}`);
  return [found.login, found.password];
}
async function freshObjection(where: Where): Promise<string> {
  const id = newId();
  await callers.resident_leader.expects('PUT', appraisalPath(`/places/${place[where]}/objections/${id}`), 201, { json: { item: 'on_time', text: '示例' } });
  return id;
}
async function freshComment(where: Where): Promise<string> {
  const id = newId();
  await callers.station.expects('PUT', reportPath(place[where], month, `/comments/${id}`), 200, { json: { activity: activity[where], text: '示例' } });
  return id;
}

/** Somebody new at the place. */
async function freshPerson(where: Where): Promise<string> {
  const { token } = (await callers.system.expects<Wire<'InvitationMade'>>('POST', '/api/v1/invitations', 201, { json: { role: 'village', place: place[where] } })).json;
  const json = { token, login: `shili-${newId().slice(0, 8)}`, password: 'Shili-8-mima', display_name: '示例新人' };
  return (await town.nobody().expects<Wire<'Session'>>('POST', '/api/v1/invitations/acceptance', 201, { json })).json.account.id;
}

const siteAt = (where: Where) => ({ place: place[where], kind: 'education_site', name: '示例', photos: [] });
const freshSite = async (where: Where) => (await callers.station.expects<Wire<'Site'>>('PUT', sitePath(newId()), 201, { json: siteAt(where) })).json;

const freshSuggestion = async (where: Where) => (await drop(town.nobody(), place[where])).id;

const binary = { 'content-type': 'application/octet-stream' };
async function sendFile(id: string): Promise<void> {
  await callers.station.expects('PUT', filePath(id, 1, '示例.png'), 204, { raw: picture(), headers: binary });
}
async function freshLetter(): Promise<string> {
  const id = newId();
  await sendFile(id);
  await callers.station.expects('PUT', letterPath(id), 201, { json: { place: stationTown } });
  return id;
}
const imapServer = { host: 'localhost', port: 1, security: 'tls' as const, login: 'station', password: '示例' };

const routesAsWord: Route[] = [
  route('list_sites', readers, (where) => ({ path: `/api/v1/sites?place=${place[where]}` })),
  route('get_site', readers, async (where) => ({ path: sitePath((await freshSite(where)).id) })),
  route('put_site', recorders, (where) => ({ method: 'PUT', path: sitePath(newId()), json: siteAt(where) })),
  route('delete_site', recorders, async (where) => ({ method: 'DELETE', path: sitePath((await freshSite(where)).id) })),
  route('list_suggestion_boxes', readers, (where) => ({ path: `/api/v1/suggestion-boxes?place=${place[where]}` })),
  route('list_box_suggestions', recorders, (where) => ({ path: `/api/v1/suggestions?place=${place[where]}` })),
  route('answer_box_suggestion', recorders, async (where) => ({
    method: 'PUT', path: answerPath(await freshSuggestion(where)), json: { state: 'answered', answer: '示例' }, headers: { 'if-match': '"v1"' },
  })),
  route('list_points', readers, (where) => ({ path: `/api/v1/places/${place[where]}/points` })),
  route('get_activity', readers, (where) => ({ path: activityPath(activity[where]) })),
  route('get_activity_history', readers, (where) => ({ path: `${activityPath(activity[where])}/history` })),
  route('put_activity', recorders, (where) => ({ method: 'PUT', path: activityPath(newId()), json: activityAt(place[where], entry, { on_behalf_reason: '示例' }) })),
  route('delete_activity', recorders, async (where) => {
    const made = await freshActivity(where);
    return { method: 'DELETE', path: `${activityPath(made.id)}?reason=${encodeURIComponent('示例')}`, headers: { 'if-match': made.etag } };
  }),
  route('export_activities', readers, (where) => ({ path: `/api/v1/ledgers/activities/table.xlsx?campaign=${campaign}&place=${place[where]}` })),
  route('export_photos', readers, (where) => ({ path: `/api/v1/ledgers/photos.zip?campaign=${campaign}&month=${month}&place=${place[where]}` })),
  route('get_figures', readers, (where) => ({ path: `/api/v1/ledgers/figures?campaign=${campaign}&from=2023-09-01&to=2023-09-30&place=${place[where]}` })),
  route('export_activities_csv', readers, (where) => ({ path: `/api/v1/ledgers/activities/table.csv?campaign=${campaign}&place=${place[where]}` })),
  ...['', '/320', '/1280', '/original', '/near-duplicates'].map((rest, index) =>
    route(['get_photo', 'get_photo_small', 'get_photo_large', 'get_photo_original', 'list_near_duplicates'][index], readers,
      (where) => ({ path: `/api/v1/photos/${photo[where]}${rest}` }))),
  route('create_upload', recorders, async (where) => {
    const claim = claimOf(newId(), picture());
    await record(where === 'own' ? callers.village : callers.station, activityAt(place[where], entry, { photos: [claim], ...(where === 'own' ? {} : { on_behalf_reason: '示例' }) }));
    return { method: 'POST', path: '/api/v1/uploads', headers: { ...tus, 'upload-length': String(claim.bytes), 'upload-metadata': `photo ${Buffer.from(claim.id).toString('base64')}` } };
  }),
  route('get_plan', readers, (where) => ({ path: planPath(place[where]) })),
  route('get_plan_document', readers, (where) => ({ path: planPath(place[where], '/document.docx') })),
  route('list_plan_versions', readers, (where) => ({ path: planPath(place[where], '/versions') })),
  route('get_plan_version_document', readers, (where) => ({ path: planPath(place[where], '/versions/1/document.docx') })),
  route('change_plan', planners, (where) => ({ method: 'PUT', path: planPath(place[where]), json: { note: '示例' }, headers: stale })),
  route('put_plan_row', planners, (where) => ({ method: 'PUT', path: planPath(place[where], `/rows/${newId()}`), json: rowOf() })),
  route('delete_plan_row', planners, async (where) => ({ method: 'DELETE', path: planPath(place[where], `/rows/${(await freshRow(where)).id}`), headers: stale })),
  route('copy_plan_month', planners, (where) => ({ method: 'POST', path: planPath(place[where], '/copy'), json: { from_month: '2023-08', to_month: '2023-09' } })),
  route('submit_plan', planners, (where) => ({ method: 'POST', path: planPath(place[where], '/submission'), headers: stale })),
  route('withdraw_plan', planners, (where) => ({ method: 'POST', path: planPath(place[where], '/withdrawal') })),
  route('return_plan', reviewers, (where) => ({ method: 'POST', path: planPath(place[where], '/return'), json: because })),
  route('accept_plan', reviewers, (where) => ({ method: 'POST', path: planPath(place[where], '/acceptance') })),
  route('sign_off_plan', leaders, (where) => ({ method: 'POST', path: planPath(place[where], '/sign-off') })),
  route('get_report', readers, (where) => ({ path: reportPath(place[where], month) })),
  route('get_report_document', readers, (where) => ({ path: reportPath(place[where], month, '/document.docx') })),
  route('get_receipt', readers, (where) => ({ path: reportPath(place[where], month, '/receipt') })),
  route('list_report_versions', readers, (where) => ({ path: reportPath(place[where], month, '/versions') })),
  route('get_report_version_document', readers, (where) => ({ path: reportPath(place[where], month, '/versions/1/document.docx') })),
  route('change_report', planners, (where) => ({ method: 'PATCH', path: reportPath(place[where], month), json: {}, headers: stale })),
  route('submit_report', planners, (where) => ({ method: 'POST', path: reportPath(place[where], month, '/submission'), headers: stale })),
  route('withdraw_report', planners, (where) => ({ method: 'POST', path: reportPath(place[where], month, '/withdrawal') })),
  route('return_report', reviewers, (where) => ({ method: 'POST', path: reportPath(place[where], month, '/return'), json: because })),
  route('accept_report', reviewers, (where) => ({ method: 'POST', path: reportPath(place[where], month, '/acceptance') })),
  route('get_summary', readers, (where) => ({ path: summaryPath(place[where]) })),
  route('get_summary_document', readers, (where) => ({ path: summaryPath(place[where], '/document.docx') })),
  route('list_summary_versions', readers, (where) => ({ path: summaryPath(place[where], '/versions') })),
  route('get_summary_version_document', readers, async (where) => {
    const summary = await callers.station.get<Wire<'Summary'>>(summaryPath(place[where]));
    if (!summary.versions.length) await (await planner(where)).expects('POST', summaryPath(place[where], '/submission'), 200);
    return { path: summaryPath(place[where], '/versions/1/document.docx') };
  }),
  route('change_summary', planners, (where) => ({ method: 'PATCH', path: summaryPath(place[where]), json: {}, headers: stale })),
  route('submit_summary', planners, (where) => ({ method: 'POST', path: summaryPath(place[where], '/submission'), headers: stale })),
  route('withdraw_summary', planners, (where) => ({ method: 'POST', path: summaryPath(place[where], '/withdrawal') })),
  route('return_summary', reviewers, (where) => ({ method: 'POST', path: summaryPath(place[where], '/return'), json: because })),
  route('accept_summary', reviewers, (where) => ({ method: 'POST', path: summaryPath(place[where], '/acceptance') })),
  route('put_report_comment', reviewers, (where) => ({
    method: 'PUT', path: reportPath(place[where], month, `/comments/${newId()}`), json: { activity: activity[where], text: '示例' },
  })),
  route('remove_report_comment', reviewers, async (where) => ({ method: 'DELETE', path: reportPath(place[where], month, `/comments/${await freshComment(where)}`) })),
  route('settle_report_comment', planners, async (where) => ({ method: 'POST', path: reportPath(place[where], month, `/comments/${await freshComment(where)}/settlement`) })),
  route('get_appraisal_evidence', readers, (where) => ({ path: appraisalPath(`/places/${place[where]}`) })),
  route('put_objection', { village: ['own'], resident_leader: everywhere }, (where) => ({ method: 'PUT', path: appraisalPath(`/places/${place[where]}/objections/${newId()}`), json: { item: 'on_time', text: '示例' } })),
  route('answer_objection', reviewers, async (where) => ({ method: 'PUT', path: appraisalPath(`/places/${place[where]}/objections/${await freshObjection(where)}/answer`), json: { text: '示例', upheld: true } })),
  route('exempt_place', reviewers, (where) => ({ method: 'PUT', path: `/api/v1/deadlines/${campaign}/${place[where]}/plan/2023/exemption`, json: because })),
  route('lift_exemption', reviewers, (where) => ({ method: 'DELETE', path: `/api/v1/deadlines/${campaign}/${place[where]}/plan/2023/exemption` })),
  route('end_place', { station: everywhere, district: everywhere }, (where) => ({ method: 'PUT', path: `/api/v1/places/${place[where]}/ending`, json: { on: '2024-06-30', reason: '示例' } })),
  route('take_back_ending', { station: everywhere, district: everywhere }, (where) => ({ method: 'DELETE', path: `/api/v1/places/${place[where]}/ending` })),
  route('get_person', { ...keepersOfAccounts, security: everywhere }, (where) => ({ path: `/api/v1/people/${person[where]}` })),
  route('change_person', keepersOfAccounts, (where) => ({ method: 'PATCH', path: `/api/v1/people/${person[where]}`, json: { display_name: '示例' }, headers: stale })),
  route('set_grants', keepersOfAccounts, (where) => ({ method: 'PUT', path: `/api/v1/people/${person[where]}/grants`, json: { grants: [{ role: 'village', place: place[where] }] }, headers: stale })),
  route('create_password_reset', { system: everywhere }, (where) => ({ method: 'POST', path: `/api/v1/people/${person[where]}/password-reset` })),
  route('unlock_person', { security: everywhere }, (where) => ({ method: 'POST', path: `/api/v1/people/${person[where]}/unlock` })),
  route('get_holdings', { ...keepersOfAccounts, security: everywhere }, (where) => ({ path: `/api/v1/people/${person[where]}/holdings` })),
  route('list_handovers', { ...keepersOfAccounts, security: everywhere }, (where) => ({ path: `/api/v1/people/${person[where]}/handovers` })),
  route('put_handover', keepersOfAccounts, async (where) => ({
    method: 'PUT', path: `/api/v1/handovers/${newId()}`, json: { from: await freshPerson(where), to: await freshPerson(where) },
  })),
  route('create_invitation', keepersOfAccounts, (where) => ({ method: 'POST', path: '/api/v1/invitations', json: { role: 'village', place: place[where] } })),
  route('revoke_invitation', keepersOfAccounts, async (where) => {
    const made = await callers.system.expects<Wire<'InvitationMade'>>('POST', '/api/v1/invitations', 201, { json: { role: 'village', place: place[where] } });
    return { method: 'DELETE', path: `/api/v1/invitations/${made.json.id}` };
  }),
  // Of the whole town, wherever one stands.
  route('freeze_appraisal', { station: everywhere }, () => ({ method: 'PUT', path: appraisalPath(`/versions/${newId()}`), json: { note: '' } })),
  route('get_merged_report', { station: everywhere, district: everywhere }, () => ({ path: mergedPath(month) })),
  route('preview_reminder', { station: everywhere }, () => ({ method: 'POST', path: '/api/v1/reminders/preview', json: { campaign, due_on: '2023-10-28' } })),
  route('send_reminder', { station: everywhere }, () => ({ method: 'POST', path: '/api/v1/reminders', json: { campaign, due_on: '2023-10-28', robots: [], mail: true } })),
  route('list_reminders', { station: everywhere }, () => ({ path: `/api/v1/reminders?campaign=${campaign}` })),
  route('get_reminder_settings', { station: everywhere, system: everywhere }, () => ({ path: settingsPath })),
  route('set_reminder_settings', { station: everywhere, system: everywhere }, () => ({
    method: 'PUT', path: settingsPath, json: { robots: [], addresses: [], schedule: quietSchedule }, headers: stale,
  })),
  route('choose_ledger_columns', { station: everywhere }, () => ({
    method: 'PUT', path: `/api/v1/ledgers/filing/columns?campaign=${campaign}`, json: { chosen: ['place'] }, headers: stale,
  })),
  route('set_office_days', { station: everywhere, system: everywhere }, () => ({ method: 'PUT', path: `${settingsPath}/office-days/2023`, json: { csv: '' } })),
  route('issue_campaign', { district: everywhere }, () => ({ method: 'PUT', path: modelPath(firstTown) })),
  route('put_tightening', { station: everywhere }, () => ({
    method: 'PUT', path: tighteningPath(`${model}-${firstTown}`), json: { deadlines: [], quotas: [] }, headers: stale,
  })),
  route('put_form', { station: everywhere, district: everywhere }, () => ({
    method: 'PUT', path: formPath('report'), raw: 'no Word file', headers: { ...stale, 'content-type': wordType },
  })),
  route('get_mailbox', { station: everywhere, system: everywhere }, () => ({ path: mailboxPath })),
  route('set_mailbox', { station: everywhere, system: everywhere }, () => ({
    method: 'PUT', path: mailboxPath, json: { server: imapServer, folder: 'INBOX', done: 'leave', receipts: true, enabled: false }, headers: stale,
  })),
  route('test_mailbox', { station: everywhere, system: everywhere }, () => ({
    method: 'POST', path: `${mailboxPath}/test`, json: { server: imapServer, folder: 'INBOX', done: 'leave' },
  })),
  route('list_senders', { station: everywhere }, () => ({ path: `${mailboxPath}/senders` })),
  route('forget_sender', { station: everywhere }, () => ({ method: 'DELETE', path: `${mailboxPath}/senders?address=nobody%40village.example&of=${firstTown}` })),
  route('list_letters', { station: everywhere }, () => ({ path: `/api/v1/letters?place=${stationTown}` })),
  route('get_letter', { station: everywhere }, async () => ({ path: letterPath(await freshLetter()) })),
  route('import_letter', { station: everywhere }, async () => {
    const id = newId();
    await sendFile(id);
    return { method: 'PUT', path: letterPath(id), json: { place: stationTown } };
  }),
  route('put_letter_file', { station: everywhere }, () => ({ method: 'PUT', path: filePath(newId(), 1, '示例.png'), raw: picture(), headers: binary })),
  route('correct_letter', { station: everywhere }, async () => ({
    method: 'PUT', path: letterPath(await freshLetter(), '/understanding'), json: { activities: [], rows: [], no_activity_reason: '', unplaced: [] }, headers: stale,
  })),
  route('file_letter', { station: everywhere }, async () => ({ method: 'POST', path: letterPath(await freshLetter(), '/filing'), json: {}, headers: stale })),
  route('take_letter_back', { station: everywhere }, async () => ({ method: 'POST', path: letterPath(await freshLetter(), '/taking-back'), headers: stale })),
  route('set_letter_aside', { station: everywhere }, async () => ({
    method: 'POST', path: letterPath(await freshLetter(), '/setting-aside'), json: { reason: 'unrelated' }, headers: stale,
  })),
  route('answer_letter', { station: everywhere }, async () => ({ method: 'POST', path: letterPath(await freshLetter(), '/answer'), json: { text: '示例' } })),
  // Of the whole house, wherever one stands.
  route('list_people', { ...keepersOfAccounts, security: everywhere }, () => ({ path: '/api/v1/people' })),
  route('list_invitations', keepersOfAccounts, () => ({ path: '/api/v1/invitations' })),
  route('get_policy', { system: everywhere, security: everywhere }, () => ({ path: '/api/v1/policy' })),
  route('set_policy', { security: everywhere }, () => ({ method: 'PUT', path: '/api/v1/policy', json: policy, headers: stale })),
  route('list_audit_entries', { auditor: everywhere }, () => ({ path: '/api/v1/audit' })),
  route('verify_audit', { auditor: everywhere }, () => ({ path: '/api/v1/audit/verification' })),
];

/** A PDF is for whom the Word file is. */
const routesAsPdf = routesAsWord.flatMap((one) => {
  const path = operations.find((operation) => operation.id === one.operation)?.path ?? '';
  const pdf = path.endsWith('.docx') && operations.find((operation) => operation.path === path.replace('.docx', '.pdf'));
  return pdf ? [route(pdf.id, one.may, async (where) => ({ path: (await one.ask(where)).path.replace('.docx', '.pdf') }))] : [];
});
const routes = [...routesAsWord, ...routesAsPdf];

/** What everybody signed in may ask, and is answered only what is theirs or what they may see: each has tests of its own. */
const filtered = [
  'list_sessions', 'end_all_sessions', 'end_current_session', 'get_me', 'change_me', 'change_password', 'draw_qr',
  'list_places', 'list_campaigns', 'get_campaign', 'get_campaign_map', 'list_forms', 'get_form', 'list_models', 'get_tightening', 'list_plans', 'get_plan_calendar', 'list_reports', 'list_activities', 'get_deadline_board', 'get_towns_deadlines', 'get_coverage', 'get_quotas', 'get_suggestions', 'get_towns_coverage', 'get_appraisal', 'export_appraisal', 'get_appraisal_document', 'get_appraisal_pdf', 'list_changes',
  'export_filing', 'export_filing_csv', 'export_plans', 'export_plans_csv', 'export_reports', 'export_reports_csv', 'get_ledger_columns',
  'get_upload', 'append_to_upload', 'end_upload',
  'get_letter_original', 'get_letter_attachment', 'get_letter_picture',
  'retry_reminder', 'list_calendar_feeds', 'make_calendar_feed', 'revoke_calendar_feed',
];

describe('the table of rights', () => {
  it('has every route for which one must be signed in', () => {
    const named = [...routes.map((one) => one.operation), ...filtered];
    const declared = operations.filter((operation) => operation.signedIn).map((operation) => operation.id);
    expect(named.filter((one) => !declared.includes(one))).toEqual([]);
    expect(declared.filter((one) => !named.includes(one))).toEqual([]);
  });
});

describe.each(routes)('$operation', ({ may, ask }) => {
  const cases = everywhere.flatMap((where) => roles.map((role) => [role, where, may[role]?.includes(where) ? 'allowed' : 'refused'] as const));
  it.each(cases)('by %s at its %s place is %s', async (role, where, verdict) => {
    const { method = 'GET', path, json, raw, headers } = await ask(where);
    const { status, text } = await callers[role].ask(method, path, { json, raw, headers: { 'idempotency-key': newId(), ...headers } });
    if (verdict === 'refused') expect([403, 404], text.slice(0, 300)).toContain(status);
    // What stands in the way afterwards (a stale edit, nothing to withdraw) was judged after the right.
    else expect([200, 201, 204, 409, 412, 422], text.slice(0, 300)).toContain(status);
  });
});
