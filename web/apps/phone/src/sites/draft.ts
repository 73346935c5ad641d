import { reactive } from 'vue';
import { Draft } from '../activities/draft';
import { today } from '../clock';
import { here } from '../kept/here';
import { newSiteEntry, withSite } from '../outbox/change';
import type { OutboxEntry, SiteFields } from '../outbox/entry';
import { account } from '../session/session';

const mostPhotos = 3;

/** A site while it is being entered: kept on the phone as a record is, with fields of its own. */
export class SiteDraft extends Draft {
  readonly site: SiteFields;

  constructor(entry: OutboxEntry, touched: boolean) {
    super(entry, touched);
    this.site = reactive({ ...entry.site! });
  }

  /** Whoever enters a site stands before it, as a rule. */
  static override blank(): SiteDraft {
    const site: SiteFields = { place: here.placeId ?? '', kind: 'education_site', name: '', confirmed_on: today.value };
    return new SiteDraft(newSiteEntry(account.value ?? '', site, Date.now()), false);
  }

  override get most(): number { return mostPhotos; }

  protected override written(entry: OutboxEntry): OutboxEntry { return withSite(entry, this.site); }
}
