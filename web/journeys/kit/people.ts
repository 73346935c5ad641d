import { inject } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from './caller';
import { newId } from './records';
import { accountsOf, type Account } from './town';

export type Role = Wire<'Role'>;

/** The accounts of the sample town, signed in as they are needed. */
export class Town {
  private readonly signedIn = new Map<string, Caller>();
  readonly accounts: Account[];

  constructor(readonly origin = inject('origin'), sample = inject('sample')) {
    this.accounts = accountsOf(sample);
  }

  account(role: Role, index = 0): Account {
    const found = this.accounts.filter((account) => account.role === role)[index];
    if (!found) throw new Error(`the sample town has no ${role} ${index}`);
    return found;
  }

  async as(role: Role, index = 0): Promise<Caller> {
    const account = this.account(role, index);
    let caller = this.signedIn.get(account.login);
    if (!caller) {
      caller = await this.signIn(account.login, account.password);
      this.signedIn.set(account.login, caller);
    }
    return caller;
  }

  async signIn(login: string, password: string, device: 'phone' | 'desk' = 'desk'): Promise<Caller> {
    const answer = await new Caller(this.origin).expects<Wire<'Session'>>('POST', '/api/v1/sessions', 201, { json: { login, password, device } });
    return new Caller(this.origin, answer.json.token);
  }

  /** Somebody new with a role at a place, invited by the system administrator. */
  async invite(role: Role, place: string): Promise<Caller> {
    const made = (await (await this.as('system')).expects<Wire<'InvitationMade'>>('POST', '/api/v1/invitations', 201, { json: { role, place } })).json;
    const json = { token: made.token, login: `shili-${newId().slice(0, 8)}`, password: 'Shili-8-mima', display_name: '示例' };
    return new Caller(this.origin, (await this.nobody().expects<Wire<'Session'>>('POST', '/api/v1/invitations/acceptance', 201, { json })).json.token);
  }

  nobody(): Caller {
    return new Caller(this.origin);
  }
}

