import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { api, useAccount, useRemote, type Account } from '../shared/api';
import { count, seatsFree } from './fields';
import { ImportPage } from './importing';
import { Avatar, Banner, go, Icon, Link, usePath, useSubmit, type Notice } from './ui';
import { UsersPage } from './users';

export function App() {
  const path = usePath();
  const account = useAccount();
  const away = account === null && path !== '/login';
  useEffect(() => {
    if (away) window.location.replace(path === '/' ? '/login' : `/login?next=${encodeURIComponent(path)}`);
    else if (account && (path === '/' || path === '/login')) go('/home');
  }, [away, account, path]);
  if (path === '/login' && account !== undefined) return <SignIn />;
  if (!account) return null;
  return <Shell account={account} path={path} />;
}

function Logo() {
  return (
    <span className="flex items-center gap-2 font-bold whitespace-nowrap">
      <svg width="24" height="24" viewBox="0 0 24 24">
        <rect width="24" height="24" rx="6" fill="#0c6e6a" />
        <path d="M6 14l4 4 8-11" stroke="#fff" strokeWidth="2.5" fill="none" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Confirm Learn:Up
    </span>
  );
}

function SignIn() {
  const [step, setStep] = useState<'email' | 'password'>('email');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [plain, setPlain] = useState(false);
  const [hint, setHint] = useState('');
  const { busy, submit, message, forget } = useSubmit();
  const error = hint || message;
  const next = new URLSearchParams(window.location.search).get('next');
  useEffect(() => {
    document.title = 'Sign in · Confirm Learn:Up';
  }, []);
  const signIn = async () => {
    await api.login(email, password);
    window.location.assign(next?.startsWith('/') && !next.startsWith('//') ? next : '/home');
  };
  const proceed = (event: FormEvent) => {
    event.preventDefault();
    setHint('');
    if (step === 'password') submit(signIn);
    else if (/\S+@\S+/.test(email)) setStep('password');
    else setHint('Enter your work email');
  };
  return (
    <div className="mx-auto max-w-sm px-4 pt-24">
      <div className="mb-6 flex justify-center text-lg">
        <Logo />
      </div>
      <form className="card space-y-4 p-6" noValidate onSubmit={proceed}>
        <h1 className="text-lg font-bold">Sign in</h1>
        {next && !error && <p className="text-sub">Please sign in to continue.</p>}
        {error && <Banner notice={{ good: false, text: error }} />}
        {step === 'email' ? (
          <input key="email" className="input" type="email" name="email" placeholder="Work email" autoComplete="username" autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
        ) : (
          <>
            <div className="flex justify-between gap-3">
              <span className="break-all">{email}</span>
              <span className="btn-link cursor-pointer" onClick={() => (setStep('email'), setPassword(''), setHint(''), forget())}>
                Change
              </span>
            </div>
            <div>
              <div className="label">Password</div>
              <div className="relative">
                <input
                  key="password"
                  className="input pr-10"
                  type={plain ? 'text' : 'password'}
                  name="password"
                  autoComplete="current-password"
                  autoFocus
                  value={password}
                  onChange={(event) => setPassword(event.target.value)}
                />
                <button type="button" title={plain ? 'Hide password' : 'Show password'} className="absolute right-2.5 top-2.5 text-sub" onClick={() => setPlain(!plain)}>
                  <Icon name="eye" />
                </button>
              </div>
            </div>
          </>
        )}
        <button type="submit" className="btn btn-primary w-full" disabled={busy}>
          {step === 'email' ? 'Continue' : busy ? 'Signing in…' : 'Sign in'}
        </button>
        <div className="text-center">
          <button type="button" className="btn-link" onClick={() => setHint('Single sign on is not set up for this workspace.')}>
            Sign in with single sign on
          </button>
        </div>
      </form>
    </div>
  );
}

const NAV = [
  { href: '/home', label: 'Home', icon: 'home' },
  { href: '/content', label: 'Content', icon: 'book' },
  { href: '/reports', label: 'Reports', icon: 'chart' },
] as const;

function Shell({ account, path }: { account: Account; path: string }) {
  const settings = path.startsWith('/admin');
  const look = (on: boolean) => `flex items-center gap-1.5 rounded-md px-3 py-1.5 font-semibold ${on ? 'bg-brand-wash text-brand' : 'text-sub hover:text-ink'}`;
  return (
    <>
      <header className="sticky top-0 z-30 border-b border-line bg-white">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-1 px-6">
          <Link href="/home" className="mr-4">
            <Logo />
          </Link>
          {NAV.map(({ href, label, icon }) => (
            <Link key={href} href={href} className={look(path === href)}>
              <Icon name={icon} />
              {label}
            </Link>
          ))}
          <Link href="/admin/settings" title="Settings" className={`ml-auto ${look(settings)}`}>
            <Icon name="gear" />
            <span className="max-[900px]:hidden">Settings</span>
          </Link>
          <AccountMenu account={account} />
        </div>
      </header>
      <main className="mx-auto max-w-6xl px-6 pb-10">{settings ? <Settings path={path} /> : <Elsewhere path={path} account={account} />}</main>
    </>
  );
}

function AccountMenu({ account }: { account: Account }) {
  const [open, setOpen] = useState(false);
  const leave = () => api.logout().finally(() => window.location.assign('/login'));
  return (
    <div className="relative ml-2">
      <div className="cursor-pointer" onClick={() => setOpen(!open)}>
        <Avatar name={account.name} />
      </div>
      {open && (
        <>
          <div className="fixed inset-0 z-40" onClick={() => setOpen(false)} />
          <div className="pop absolute right-0 top-full z-50 mt-1 min-w-56">
            <div className="border-b border-line px-3.5 pb-2 pt-1">
              <div className="font-semibold">{account.name}</div>
              <div className="text-[13px] text-sub">{account.email}</div>
            </div>
            <div className="pop-item mt-1" onClick={leave}>
              Sign out
            </div>
          </div>
        </>
      )}
    </div>
  );
}

const TABS = [
  { href: '/admin/settings', label: 'Company' },
  { href: '/admin/users', label: 'Users' },
  { href: '/admin/groups', label: 'Groups' },
];

function Settings({ path }: { path: string }) {
  const [notice, setNotice] = useState<Notice>();
  const here = TABS.find(({ href }) => path.startsWith(href)) ?? TABS[0];
  const open = /^\/admin\/users\/(\d+)(\/edit)?$/.exec(path);
  useEffect(() => {
    document.title = `${here.label} · Settings · Confirm Learn:Up`;
  }, [here]);
  return (
    <>
      <div className="mb-5 flex gap-6 border-b border-line pt-3">
        {TABS.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            className={`-mb-px border-b-2 px-1 py-2.5 font-semibold ${here.href === href ? 'border-brand text-brand' : 'border-transparent text-sub hover:text-ink'}`}
            onClickCapture={() => setNotice(undefined)}
          >
            {label}
          </Link>
        ))}
      </div>
      {here.label === 'Company' && <Company />}
      {here.label === 'Groups' && <Groups />}
      {here.label === 'Users' &&
        (path === '/admin/users/import' ? (
          <ImportPage />
        ) : (
          <UsersPage open={open ? { id: Number(open[1]), edit: Boolean(open[2]) } : undefined} notice={notice} setNotice={setNotice} />
        ))}
    </>
  );
}

function Company() {
  const { data } = useRemote(api.summary, []);
  return (
    <div className="card max-w-xl p-6">
      <h1 className="text-xl font-bold">Corp Example</h1>
      <p className="mt-1 text-sub">Employee Learning Cloud</p>
      {data && (
        <p className="mt-4">
          {data.seats_used} of {data.seats_total} seats used, {seatsFree(data)} free. Talk to your account team to change your plan.
        </p>
      )}
    </div>
  );
}

function Groups() {
  const { data } = useRemote(api.summary, []);
  return (
    <>
      <h1 className="text-xl font-bold">Groups</h1>
      <p className="text-sub">A group is created when a user is saved into it.</p>
      <div className="card mt-4 divide-y divide-line">
        {data?.groups.map((group) => (
          <div key={group} className="px-4 py-2.5">
            {group}
          </div>
        ))}
      </div>
    </>
  );
}

function Elsewhere({ path, account }: { path: string; account: Account }) {
  const title = { '/home': 'Home', '/content': 'Content', '/reports': 'Reports' }[path] ?? 'Page not found';
  useEffect(() => {
    document.title = `${title} · Confirm Learn:Up`;
  }, [title]);
  if (path === '/home') return <Home account={account} />;
  return (
    <div className="pt-16 text-center">
      <h1 className="text-xl font-bold">{title}</h1>
      <p className="text-sub">{title === 'Page not found' ? 'Check the address and try again.' : 'There is nothing here yet.'}</p>
    </div>
  );
}

function Home({ account }: { account: Account }) {
  const { data } = useRemote(api.summary, []);
  return (
    <div className="pt-8">
      <h1 className="text-2xl font-bold">Welcome back, {account.name.split(' ')[0]}</h1>
      <div className="mt-5 grid grid-cols-3 gap-4">
        <Card title="Learning">Assign your first path to get people going.</Card>
        <Card title="Invitations">{data ? `${count(data.counts.invited, 'person', 'people')} yet to accept` : <span className="bone block w-32" />}</Card>
        <Card title="Seats">{data ? `${data.seats_used} of ${data.seats_total} used` : <span className="bone block w-24" />}</Card>
      </div>
    </div>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="card p-5">
      <div className="font-semibold">{title}</div>
      <div className="mt-1 text-sub">{children}</div>
    </div>
  );
}
