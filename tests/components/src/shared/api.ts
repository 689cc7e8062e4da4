import { useEffect, useState } from 'react';

export type Status = 'active' | 'invited' | 'deactivated';
export type Role = 'Admin' | 'Manager' | 'Learner' | 'Content Creator';
export const ROLES: Role[] = ['Learner', 'Manager', 'Content Creator', 'Admin'];

export interface Person {
  id: number;
  email: string;
  first_name: string;
  last_name: string;
  role: Role;
  status: Status;
  groups: string[];
  managers: string[];
  last_login: string | null;
  scim_managed: boolean;
}

export interface Listing {
  items: Person[];
  total: number;
  page: number;
  page_size: number;
}

export interface Summary {
  total: number;
  counts: Record<Status, number>;
  seats_used: number;
  seats_total: number;
  groups: string[];
  today: string;
}

export interface Account {
  email: string;
  name: string;
}

export interface Draft {
  email: string;
  first_name: string;
  last_name: string;
  role: string;
  groups: string[];
  managers: string[];
}

export interface ImportRow extends Draft {
  row: number;
  errors: string[];
}

export interface ImportPreview {
  token: string;
  filename: string;
  rows: ImportRow[];
  valid: number;
  invalid: number;
}

export interface ImportResult {
  created: number;
  skipped: { row: number; email: string; reason: string }[];
}

export interface Query {
  search?: string;
  status?: string;
  role?: string;
  standing?: string;
  idle_days?: string;
  never?: string;
  sort?: string;
  dir?: string;
  page?: number;
  page_size?: number;
}

export class ApiError extends Error {
  status: number;
  fields: Record<string, string>;
  constructor(message: string, status: number, fields: Record<string, string>) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const response = await fetch(`/api${path}`, {
    method,
    headers: body === undefined || form ? undefined : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
  });
  const data = await response.json().catch(() => ({}));
  if (!response.ok) {
    if (response.status === 401 && path !== '/login' && path !== '/session') {
      window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname)}`);
    }
    throw new ApiError(data.error ?? 'Something went wrong', response.status, data.fields ?? {});
  }
  return data as T;
}

export const api = {
  login: (email: string, password: string) => call<Account>('POST', '/login', { email, password }),
  logout: () => call<object>('POST', '/logout', {}),
  session: () => call<Account>('GET', '/session'),
  summary: () => call<Summary>('GET', '/summary'),
  options: (q: string) => call<Account[]>('GET', `/options?q=${encodeURIComponent(q)}`),
  list: (query: Query) => {
    const params = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') params.set(key, String(value));
    }
    return call<Listing>('GET', `/users?${params}`);
  },
  get: (id: number | string) => call<Person>('GET', `/users/${id}`),
  invite: (draft: Partial<Draft>) => call<Person>('POST', '/users', draft),
  inviteList: (list: { emails: string[]; groups: string[]; managers: string[] | Record<string, string[]>; admin?: boolean }) =>
    call<{ invited: string[] }>('POST', '/invitations', list),
  edit: (id: number, draft: Partial<Draft>) => call<Person>('PATCH', `/users/${id}`, draft),
  remove: (id: number) => call<object>('DELETE', `/users/${id}`),
  deactivate: (id: number) => call<Person>('POST', `/users/${id}/deactivate`),
  reactivate: (id: number) => call<Person>('POST', `/users/${id}/reactivate`),
  resend: (id: number) => call<Person>('POST', `/users/${id}/resend`),
  upload: (file: File) => {
    const form = new FormData();
    form.append('file', file);
    return call<ImportPreview>('POST', '/imports', form);
  },
  commit: (token: string) => call<ImportResult>('POST', `/imports/${token}`),
};

export const fullName = (person: { first_name: string; last_name: string; email: string }) =>
  `${person.first_name} ${person.last_name}`.trim() || person.email;

export const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((part) => part[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();

export function useDebounced<T>(value: T, ms = 150): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** The signed-in account; undefined while it is asked for, null when nobody is signed in. */
export function useAccount(): Account | null | undefined {
  const [account, setAccount] = useState<Account | null>();
  useEffect(() => {
    api.session().then(setAccount, () => setAccount(null));
  }, []);
  return account;
}

/** Reads something from the server and again whenever `deps` change; keeps the old answer meanwhile. */
export function useRemote<T>(read: () => Promise<T>, deps: unknown[]): { data?: T; loading: boolean; reload: () => void } {
  const [data, setData] = useState<T>();
  const [loading, setLoading] = useState(true);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    setLoading(true);
    read()
      .then((answer) => current && setData(answer))
      .catch(() => undefined)
      .finally(() => current && setLoading(false));
    return () => {
      current = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [...deps, turn]);
  return { data, loading, reload: () => setTurn((n) => n + 1) };
}

/** Addresses out of a pasted list, whatever separates them. */
export const addressesIn = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

/** What the help center's status column says. */
export const standing = (person: Person) =>
  person.status === 'deactivated' ? 'Deactivated' : person.role === 'Admin' ? 'Admin' : 'User';

export const nextPage = () => new URLSearchParams(window.location.search).get('next') || '/admin/users';
