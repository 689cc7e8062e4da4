import { BookOpenIcon, GraduationCapIcon, LogOutIcon, SettingsIcon, UsersIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { NavLink, useNavigate } from 'react-router-dom';
import { type Account, api, initials } from '../shared/api';
import { Avatar, Button } from './ui/basic';
import { cn } from './ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from './ui/menus';

const LINKS = [
  { to: '/admin/users', label: 'People', icon: UsersIcon },
  { to: '/admin/content', label: 'Content', icon: BookOpenIcon },
  { to: '/admin/settings', label: 'Settings', icon: SettingsIcon },
];

export function AppLayout({ account, children }: { account: Account; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <div className="flex min-h-screen">
      <aside className="w-56 shrink-0 border-r bg-zinc-50 p-4">
        <div className="mb-6 flex items-center gap-2 px-2 text-base font-semibold">
          <GraduationCapIcon className="size-5" /> WorkRamp
        </div>
        <p className="mb-1 px-2 text-xs font-medium text-muted-foreground">Admin</p>
        <nav className="grid gap-1">
          {LINKS.map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              to={to}
              className={({ isActive }) => cn('flex items-center gap-2 rounded-md px-2 py-1.5 hover:bg-accent', isActive && 'bg-zinc-200 font-medium')}
            >
              <Icon className="size-4" />
              {label}
            </NavLink>
          ))}
        </nav>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-14 items-center justify-end border-b px-6">
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" className="size-9 rounded-full p-0">
                <Avatar>{initials(account.name)}</Avatar>
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end" className="w-64">
              <DropdownMenuLabel>
                <p>{account.name}</p>
                <p className="text-xs text-muted-foreground">{account.email}</p>
              </DropdownMenuLabel>
              <DropdownMenuSeparator />
              <DropdownMenuItem
                onSelect={async () => {
                  await api.logout();
                  navigate('/login');
                }}
              >
                <LogOutIcon />
                Log out
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        </header>
        <main className="p-6">{children}</main>
      </div>
    </div>
  );
}
