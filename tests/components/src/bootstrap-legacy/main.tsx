import 'bootstrap/dist/css/bootstrap.min.css';
import { Container, Nav, Navbar, Spinner } from 'react-bootstrap';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Link, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { LoginPage } from '../bootstrap/LoginPage';
import { ToastProvider } from '../bootstrap/Toasts';
import { useAccount } from '../shared/api';
import { UsersPage } from './UsersPage';

function Settings() {
  const { pathname } = useLocation();
  return (
    <Container fluid className="py-3">
      <Nav variant="tabs" className="mb-3" activeKey={pathname}>
        {['Company', 'Users', 'Groups', 'Tags'].map((name) => (
          <Nav.Item key={name}>
            <Nav.Link as={Link} to={`/settings/${name.toLowerCase()}`} eventKey={`/settings/${name.toLowerCase()}`}>
              {name}
            </Nav.Link>
          </Nav.Item>
        ))}
      </Nav>
      {pathname === '/settings/users' ? <UsersPage /> : <p>Nothing here yet.</p>}
    </Container>
  );
}

function App() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return <Spinner animation="border" className="m-5" />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <>
      <Navbar bg="light">
        <Container fluid>
          <Navbar.Brand as={Link} to="/">WorkRamp</Navbar.Brand>
          <Nav className="me-auto">
            <Nav.Link as={Link} to="/">Guides</Nav.Link>
            <Nav.Link as={Link} to="/settings/company">Settings</Nav.Link>
          </Nav>
          <Navbar.Text>{account.email}</Navbar.Text>
        </Container>
      </Navbar>
      <Routes>
        <Route path="/settings/:tab" element={<Settings />} />
        <Route path="/" element={<Container className="py-4">Your guides</Container>} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <ToastProvider>
    <BrowserRouter>
      <Routes>
        <Route path="/login" element={<LoginPage />} />
        <Route path="/*" element={<App />} />
      </Routes>
    </BrowserRouter>
  </ToastProvider>,
);
