import type { ReactNode } from 'react';
import { Container, Nav, NavDropdown, Navbar } from 'react-bootstrap';
import { Link, useNavigate } from 'react-router-dom';
import { type Account, api } from '../shared/api';

export function Layout({ account, children }: { account: Account; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <>
      <Navbar bg="dark" data-bs-theme="dark" expand="md">
        <Container fluid>
          <Navbar.Brand as={Link} to="/">
            WorkRamp
          </Navbar.Brand>
          <Nav className="me-auto">
            <Nav.Link href="#">Learn</Nav.Link>
            <Nav.Link href="#">Reports</Nav.Link>
            <NavDropdown title="Admin">
              <NavDropdown.Item as={Link} to="/admin/users">
                Users
              </NavDropdown.Item>
              <NavDropdown.Item disabled>Groups</NavDropdown.Item>
              <NavDropdown.Item disabled>Billing</NavDropdown.Item>
            </NavDropdown>
          </Nav>
          <Nav>
            <NavDropdown title={account.name} align="end">
              <NavDropdown.ItemText className="small text-muted">{account.email}</NavDropdown.ItemText>
              <NavDropdown.Divider />
              <NavDropdown.Item
                onClick={async () => {
                  await api.logout();
                  navigate('/login');
                }}
              >
                Sign out
              </NavDropdown.Item>
            </NavDropdown>
          </Nav>
        </Container>
      </Navbar>
      <Container fluid className="py-4">
        {children}
      </Container>
    </>
  );
}
