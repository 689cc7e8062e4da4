import { Menu, MenuButton, MenuItem, MenuItems } from '@headlessui/react';
import { AcademicCapIcon } from '@heroicons/react/24/outline';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router-dom';
import { type Account, api, initials } from '../shared/api';

const TABS = [
  { name: 'Team', to: '/team' },
  { name: 'Library', to: '/library' },
  { name: 'Users', to: '/admin/users' },
];

export function Layout({ account, children }: { account: Account; children: ReactNode }) {
  return (
    <div className="min-h-screen bg-white">
      <nav className="bg-indigo-800">
        <div className="mx-auto flex h-16 max-w-7xl items-center justify-between px-8">
          <div className="flex items-center gap-6">
            <AcademicCapIcon className="size-8 text-white" />
            {TABS.map((tab) => (
              <NavLink
                key={tab.name}
                to={tab.to}
                className={({ isActive }) =>
                  `rounded-md px-3 py-2 text-sm font-medium text-white ${isActive ? 'bg-indigo-900' : 'hover:bg-indigo-700'}`
                }
              >
                {tab.name}
              </NavLink>
            ))}
          </div>
          <Menu as="div" className="relative">
            <MenuButton className="flex size-9 items-center justify-center rounded-full bg-indigo-200 text-sm font-medium text-indigo-900">
              <span className="sr-only">Open user menu</span>
              <span aria-hidden="true">{initials(account.name)}</span>
            </MenuButton>
            <MenuItems className="absolute right-0 z-10 mt-2 w-64 rounded-md bg-white py-1 shadow-lg ring-1 ring-black/5 focus:outline-none">
              <div className="px-4 py-2 text-sm">
                <p className="text-gray-500">Signed in as</p>
                <p className="truncate font-medium">{account.email}</p>
              </div>
              <MenuItem>
                <button
                  type="button"
                  className="block w-full px-4 py-2 text-left text-sm data-focus:bg-gray-100"
                  onClick={() => api.logout().then(() => window.location.assign('/login'))}
                >
                  Sign out
                </button>
              </MenuItem>
            </MenuItems>
          </Menu>
        </div>
      </nav>
      <main className="mx-auto max-w-7xl px-8 py-8">{children}</main>
    </div>
  );
}
