import { useState } from 'react';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import {
  Avatar,
  BusyIndicator,
  Button,
  FlexBox,
  Modals,
  NavigationLayout,
  ShellBar,
  ShellBarBranding,
  ShellBarItem,
  SideNavigation,
  SideNavigationItem,
  UserMenu,
  UserMenuAccount,
} from '@ui5/webcomponents-react';
import { api, initials, useAccount } from '../shared/api';

export function Shell() {
  const account = useAccount();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [collapsed, setCollapsed] = useState(false);
  const [profile, setProfile] = useState<HTMLElement>();
  const [menuOpen, setMenuOpen] = useState(false);

  if (account === undefined) {
    return (
      <FlexBox className="fill" alignItems="Center" justifyContent="Center">
        <BusyIndicator active size="L" />
      </FlexBox>
    );
  }
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;

  const signOut = async () => {
    await api.logout();
    navigate('/login');
  };

  return (
    <>
      <NavigationLayout
        mode={collapsed ? 'Collapsed' : 'Expanded'}
        header={
          <ShellBar
            startButton={<Button icon="menu2" tooltip="Toggle Navigation" onClick={() => setCollapsed(!collapsed)} />}
            branding={<ShellBarBranding onClick={() => navigate('/')}>Learning Administration</ShellBarBranding>}
            profile={<Avatar initials={initials(account.name)} colorScheme="Accent6" />}
            onProfileClick={(e) => {
              setProfile(e.detail.targetRef);
              setMenuOpen(true);
            }}
          >
            <ShellBarItem icon="action-settings" text="Settings" onClick={() => navigate('/admin/settings')} />
          </ShellBar>
        }
        sideContent={
          <SideNavigation
            onSelectionChange={(e) => {
              e.preventDefault();
              navigate(e.detail.item.dataset.path!);
            }}
          >
            {pathname === '/' ? (
              <SideNavigationItem text="Home" icon="home" data-path="/" selected />
            ) : (
              <>
                <SideNavigationItem
                  text="General"
                  icon="building"
                  data-path="/admin/settings"
                  selected={pathname === '/admin/settings'}
                />
                <SideNavigationItem
                  text="Users"
                  icon="group"
                  data-path="/admin/users"
                  selected={pathname.startsWith('/admin/users')}
                />
              </>
            )}
          </SideNavigation>
        }
      >
        <Outlet />
      </NavigationLayout>
      <UserMenu
        open={menuOpen}
        opener={profile}
        onClose={() => setMenuOpen(false)}
        onSignOutClick={signOut}
        accounts={
          <UserMenuAccount
            titleText={account.name}
            subtitleText={account.email}
            avatarInitials={initials(account.name)}
            avatarColorScheme="Accent6"
            selected
          />
        }
      />
      <Modals />
    </>
  );
}
