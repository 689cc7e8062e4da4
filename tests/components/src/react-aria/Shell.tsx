import {
  Button,
  Disclosure,
  DisclosurePanel,
  Heading,
  Link,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { api, useAccount } from '../shared/api';
import { Avatar, Icon } from './ui';

const LEARN = [
  ['/overview', 'Overview'],
  ['/guides', 'Guides'],
  ['/paths', 'Paths'],
  ['/reports', 'Reports'],
] as const;

const ADMIN = [
  ['/admin/users', 'People'],
  ['/admin/branding', 'Branding'],
  ['/admin/integrations', 'Integrations'],
] as const;

function NavLink({ to, children }: { to: string; children: string }) {
  const { pathname } = useLocation();
  return (
    <Link href={to} className="nav-link" aria-current={pathname.startsWith(to) ? 'page' : undefined}>
      {children}
    </Link>
  );
}

export function Shell() {
  const account = useAccount();
  const location = useLocation();
  const navigate = useNavigate();
  if (account === undefined) return null;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <div className="shell">
      <header className="top">
        <span className="brand">WorkRamp</span>
        <MenuTrigger>
          <Button className="account" aria-label={`Account: ${account.name}`}>
            <Avatar name={account.name} />
          </Button>
          <Popover placement="bottom end" className="popover">
            <Menu className="menu">
              <MenuItem isDisabled>{account.email}</MenuItem>
              <MenuItem onAction={() => void api.logout().then(() => navigate('/login'))}>Sign out</MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </header>
      <nav className="side" aria-label="Main">
        <ul>
          {LEARN.map(([to, title]) => (
            <li key={to}>
              <NavLink to={to}>{title}</NavLink>
            </li>
          ))}
        </ul>
        <Disclosure className="side-section" defaultExpanded={location.pathname.startsWith('/admin')}>
          <Heading level={2}>
            <Button slot="trigger" className="nav-link">
              Admin <Icon name="right" />
            </Button>
          </Heading>
          <DisclosurePanel>
            <ul>
              {ADMIN.map(([to, title]) => (
                <li key={to}>
                  <NavLink to={to}>{title}</NavLink>
                </li>
              ))}
            </ul>
          </DisclosurePanel>
        </Disclosure>
      </nav>
      <main className="content">
        <Outlet />
      </main>
    </div>
  );
}
