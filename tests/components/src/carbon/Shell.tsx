import { useState } from 'react';
import {
  Content, Header, HeaderGlobalAction, HeaderGlobalBar, HeaderMenuItem, HeaderName, HeaderNavigation, HeaderPanel, Loading,
  SkipToContent, Switcher, SwitcherDivider, SwitcherItem, Theme,
} from '@carbon/react';
import { Settings, UserAvatar } from '@carbon/icons-react';
import { Link, Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { api, useAccount } from '../shared/api';

export function Shell() {
  const account = useAccount();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  if (account === undefined) return <Loading />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;

  const logOut = async () => {
    await api.logout();
    navigate('/login');
  };

  return (
    <>
      <Theme theme="g100">
        <Header aria-label="Learning Cloud">
          <SkipToContent />
          <HeaderName as={Link} to="/" prefix="Learning">Cloud</HeaderName>
          <HeaderNavigation aria-label="Learning Cloud">
            <HeaderMenuItem as={Link} to="/" isActive={pathname === '/'}>Home</HeaderMenuItem>
          </HeaderNavigation>
          <HeaderGlobalBar>
            <HeaderGlobalAction aria-label="Settings" isActive={pathname.startsWith('/admin')} onClick={() => navigate('/admin/settings')}>
              <Settings size={20} />
            </HeaderGlobalAction>
            <HeaderGlobalAction aria-label="Account" isActive={open} tooltipAlignment="end" onClick={() => setOpen(!open)}>
              <UserAvatar size={20} />
            </HeaderGlobalAction>
          </HeaderGlobalBar>
          <HeaderPanel expanded={open} onHeaderPanelFocus={() => setOpen(false)}>
            <Switcher aria-label="Account" expanded={open}>
              <SwitcherItem aria-label={account.name}>{account.name}</SwitcherItem>
              <SwitcherDivider />
              <SwitcherItem aria-label="Log out" onClick={logOut}>Log out</SwitcherItem>
            </Switcher>
          </HeaderPanel>
        </Header>
      </Theme>
      <Content className="page">
        <Outlet />
      </Content>
    </>
  );
}
