import {
  Avatar, Button, makeStyles, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger, Persona, Spinner, Text,
  tokens, Tooltip,
} from '@fluentui/react-components';
import {
  AlertRegular, ChartMultipleRegular, HomeRegular, LibraryRegular, SettingsRegular, SignOutRegular,
} from '@fluentui/react-icons';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { api, useAccount } from '../shared/api';

const useStyles = makeStyles({
  shell: { display: 'flex', flexDirection: 'column', height: '100%', backgroundColor: tokens.colorNeutralBackground2 },
  bar: {
    display: 'flex', alignItems: 'center', columnGap: '4px', padding: '0 16px', height: '52px', flexShrink: 0,
    backgroundColor: tokens.colorNeutralBackground1, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  brand: { marginRight: '20px' },
  label: { '@media (max-width: 700px)': { display: 'none' } },
  grow: { flexGrow: 1 },
  content: { flexGrow: 1, overflow: 'auto' },
  wait: { marginTop: '120px' },
});

const PLACES = [
  { path: '/home', label: 'Home', icon: <HomeRegular /> },
  { path: '/content', label: 'Content', icon: <LibraryRegular /> },
  { path: '/analytics', label: 'Analytics', icon: <ChartMultipleRegular /> },
];

export function AppShell() {
  const styles = useStyles();
  const account = useAccount();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  if (account === undefined) return <Spinner className={styles.wait} size="large" label="Loading WorkRamp…" />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;

  const signOut = async () => {
    await api.logout();
    navigate('/login');
  };

  return (
    <div className={styles.shell}>
      <header className={styles.bar}>
        <Text weight="semibold" size={400} className={styles.brand}>WorkRamp</Text>
        {PLACES.map((place) => (
          <Button
            key={place.path}
            appearance="subtle"
            icon={place.icon}
            aria-current={pathname === place.path ? 'page' : undefined}
            onClick={() => navigate(place.path)}
          >
            <span className={styles.label}>{place.label}</span>
          </Button>
        ))}
        <div className={styles.grow} />
        <Tooltip content="Notifications" relationship="label">
          <Button appearance="subtle" icon={<AlertRegular />} />
        </Tooltip>
        <Tooltip content="Settings" relationship="label">
          <Button appearance="subtle" icon={<SettingsRegular />} onClick={() => navigate('/settings')} />
        </Tooltip>
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button appearance="transparent" shape="circular" icon={<Avatar name={account.name} color="brand" size={32} />} />
          </MenuTrigger>
          <MenuPopover>
            <Persona name={account.name} secondaryText={account.email} style={{ padding: 12 }} />
            <MenuDivider />
            <MenuList>
              <MenuItem icon={<SettingsRegular />}>Preferences</MenuItem>
              <MenuItem icon={<SignOutRegular />} onClick={signOut}>Sign out</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </header>
      <div className={styles.content}>
        <Outlet />
      </div>
    </div>
  );
}
