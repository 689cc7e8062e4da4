import { type FormEvent, useState } from 'react';
import { Alert, Button, Card, Form } from 'react-bootstrap';
import { ApiError, api, nextPage } from '../shared/api';

export function LoginPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState('');

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!asked) {
      setAsked(true);
      return;
    }
    setError('');
    try {
      await api.login(email, password);
      window.location.assign(nextPage());
    } catch (problem) {
      setError((problem as ApiError).message);
    }
  }

  return (
    <div className="d-flex align-items-center justify-content-center bg-light vh-100">
      <Card style={{ width: 400 }} className="shadow-sm">
        <Card.Body className="p-4">
          <h1 className="h4 mb-4 text-center">Sign in to WorkRamp</h1>
          {error && <Alert variant="danger">{error}</Alert>}
          <Form onSubmit={submit}>
            {!asked && (
              <Form.Group className="mb-3" controlId="email">
                <Form.Label>Email address</Form.Label>
                <Form.Control type="email" required value={email} onChange={(event) => setEmail(event.target.value)} />
              </Form.Group>
            )}
            {asked && (
              <>
                <p>
                  Signing in as <strong>{email}</strong>
                </p>
                <Form.Group className="mb-3" controlId="password">
                  <Form.Label>Password</Form.Label>
                  <Form.Control type="password" required autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
                </Form.Group>
              </>
            )}
            <Button type="submit" className="w-100">
              {asked ? 'Sign in' : 'Continue'}
            </Button>
          </Form>
          <Button variant="link" className="w-100 mt-2" onClick={() => setError('Single sign on is not set up for this account')}>
            Sign in with single sign on
          </Button>
        </Card.Body>
      </Card>
    </div>
  );
}
