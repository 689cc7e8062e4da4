import { toast } from 'svelte-sonner';
import { ApiError, api, fullName, type Person, type Query, type Status, type Summary } from '../../shared/api';

export const STATUS_WORDS: Record<Status, string> = { active: 'Active', invited: 'Invited', deactivated: 'Inactive' };

export const LAST_LOGIN: { value: string; label: string; query: Query }[] = [
  { value: '30', label: 'More than 30 days ago', query: { idle_days: '30' } },
  { value: '90', label: 'More than 90 days ago', query: { idle_days: '90' } },
  { value: '180', label: 'More than 180 days ago', query: { idle_days: '180' } },
  { value: 'never', label: 'Never', query: { never: '1' } },
];

/** How the admin has set up the list; kept while they look at a person and come back. */
export const view = $state({
  search: '',
  statuses: [] as string[],
  roles: [] as string[],
  lastLogin: [] as string[],
  sort: 'name',
  dir: 'asc',
  hidden: ['managers'],
});

class Directory {
  summary = $state<Summary>();

  seatsLeft = $derived(this.summary && this.summary.seats_total - this.summary.seats_used);

  refresh = async () => {
    this.summary = await api.summary();
  };
}

export const directory = new Directory();

/** The list, read page by page as the admin scrolls. */
export class PeopleFeed {
  rows = $state.raw<Person[]>([]);
  total = $state(0);
  loading = $state(true);
  done = $state(false);
  failed = $state('');
  #page = 0;
  #turn = 0;
  #query: Query = {};
  #matches: (person: Person) => boolean = () => true;

  /** The server narrows by one status and one role; several of a kind are sifted here. */
  async start() {
    const { search, statuses, roles, lastLogin, sort, dir } = $state.snapshot(view);
    this.#query = {
      search,
      sort,
      dir,
      status: statuses.length === 1 ? statuses[0] : '',
      role: roles.length === 1 ? roles[0] : '',
      ...LAST_LOGIN.find(({ value }) => value === lastLogin[0])?.query,
    };
    this.#matches = ({ status, role }) =>
      (!statuses.length || statuses.includes(status)) && (!roles.length || roles.includes(role));
    this.#page = 0;
    await this.#read(++this.#turn);
  }

  more = async () => {
    if (!this.loading && !this.done) await this.#read(this.#turn);
  };

  async #read(turn: number) {
    this.loading = true;
    this.failed = '';
    const before = this.#page ? this.rows : [];
    const seen = new Set(before.map((person) => person.id));
    const found: Person[] = [];
    try {
      let done = false;
      while (!done && found.length < 15) {
        const listing = await api.list({ ...this.#query, page: this.#page + 1, page_size: 30 });
        if (turn !== this.#turn) return;
        this.#page = listing.page;
        this.total = listing.total;
        found.push(...listing.items.filter((person) => !seen.has(person.id) && this.#matches(person)));
        done = listing.page * listing.page_size >= listing.total;
      }
      this.rows = [...before, ...found];
      this.done = done;
      if (done) this.total = this.rows.length;
    } catch (error) {
      if (turn === this.#turn) this.failed = (error as Error).message;
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  replace(person: Person) {
    this.rows = this.rows.map((row) => (row.id === person.id ? person : row));
  }
}

/** Does something to a person and tells what came of it. */
async function act(work: Promise<Person>, done: (name: string) => string): Promise<Person | undefined> {
  try {
    const person = await work;
    toast.success(done(fullName(person)));
    directory.refresh();
    return person;
  } catch (error) {
    toast.error(error instanceof ApiError ? error.message : 'Something went wrong');
  }
}

export const deactivate = (id: number) => act(api.deactivate(id), (name) => `${name} has been deactivated`);
export const reactivate = (id: number) => act(api.reactivate(id), (name) => `${name} is active again`);
export const resend = (id: number) => act(api.resend(id), (name) => `Invitation sent again to ${name}`);

export async function copyEmail(email: string) {
  await navigator.clipboard.writeText(email);
  toast.success('Email copied to clipboard');
}
