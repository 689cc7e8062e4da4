import { useState, type FormEvent } from 'react';
import { Button, FieldError, Form, Group, Input, Label, Link, TextField, ToggleButton } from 'react-aria-components';
import { useNavigate } from 'react-router-dom';
import { api } from '../shared/api';
import { Alert, Icon, TextInput } from './ui';

const afterwards = () => new URLSearchParams(window.location.search).get('next') || '/overview';

export function LoginPage() {
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [known, setKnown] = useState(false);
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!known) {
      setKnown(true);
      return;
    }
    setBusy(true);
    setProblem('');
    try {
      await api.login(email, password);
      navigate(afterwards(), { replace: true });
    } catch (error) {
      setProblem((error as Error).message);
      setPassword('');
      setBusy(false);
    }
  };

  return (
    <main className="login">
      <div className="login-card">
        <div className="brand">WorkRamp</div>
        <h1>{known ? 'Enter your password' : 'Welcome back'}</h1>
        <Form onSubmit={(event) => void submit(event)}>
          {problem && <Alert>{problem}</Alert>}
          {known ? (
            <>
              <p className="login-who">
                <span>{email}</span>
                <Link
                  onPress={() => {
                    setKnown(false);
                    setProblem('');
                  }}
                >
                  Not you?
                </Link>
              </p>
              <TextField
                className="field"
                name="password"
                type={shown ? 'text' : 'password'}
                value={password}
                onChange={setPassword}
                autoComplete="current-password"
                isRequired
                autoFocus
              >
                <Label>Password</Label>
                <Group className="field-group">
                  <Input />
                  <ToggleButton aria-label="Show password" isSelected={shown} onChange={setShown} className="icon-button">
                    <Icon name="eye" />
                  </ToggleButton>
                </Group>
                <FieldError />
              </TextField>
              <Button type="submit" className="button primary wide" isPending={busy}>
                Sign in
              </Button>
            </>
          ) : (
            <>
              <TextInput
                label="Email address"
                name="email"
                type="email"
                value={email}
                onChange={setEmail}
                autoComplete="username"
                isRequired
                autoFocus
              />
              <Button type="submit" className="button primary wide">
                Continue
              </Button>
              <div className="or">or</div>
              <Button
                className="button wide"
                onPress={() => setProblem('Single sign on is not set up for this workspace.')}
              >
                Sign in with single sign on
              </Button>
            </>
          )}
        </Form>
      </div>
    </main>
  );
}
