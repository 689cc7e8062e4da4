import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { Container, Dimmer, Dropdown, Icon, Loader, Menu } from 'semantic-ui-react';
import { api, useAccount } from '../shared/api';

export default function Layout() {
  const account = useAccount();
  const navigate = useNavigate();
  const { pathname } = useLocation();

  if (account === undefined) {
    return (
      <Dimmer active inverted page>
        <Loader size="large">Loading</Loader>
      </Dimmer>
    );
  }
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname)}`} replace />;

  const signOut = async () => {
    await api.logout();
    navigate('/login');
  };

  return (
    <>
      <Menu fixed="top" inverted>
        <Container>
          <Menu.Item as={Link} to="/" header>
            <Icon name="graduation" />
            Learn:Up
          </Menu.Item>
          <Menu.Menu position="right">
            <Menu.Item as={NavLink} to="/admin" icon="setting" title="Settings" />
            <Dropdown item text={account.name}>
              <Dropdown.Menu>
                <Dropdown.Header content={account.email} />
                <Dropdown.Divider />
                <Dropdown.Item icon="sign out" text="Sign out" onClick={signOut} />
              </Dropdown.Menu>
            </Dropdown>
          </Menu.Menu>
        </Container>
      </Menu>
      <Container className="page">
        <Outlet context={account} />
      </Container>
    </>
  );
}
