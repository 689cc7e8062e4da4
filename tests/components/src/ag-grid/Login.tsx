import { Button, Callout, Card, Elevation, FormGroup, H3, InputGroup, Intent, Tooltip } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../shared/api';
import { messageOf } from './toaster';

export function Login() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asksPassword, setAsksPassword] = useState(false);
  const [visible, setVisible] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!asksPassword) return setAsksPassword(true);
    setBusy(true);
    setError(undefined);
    try {
      await api.login(email, password);
      navigate(params.get('next') ?? '/', { replace: true });
    } catch (refusal) {
      setError(messageOf(refusal));
      setBusy(false);
    }
  };

  const startOver = () => {
    setAsksPassword(false);
    setPassword('');
    setError(undefined);
  };

  return (
    <div className="login">
      <form onSubmit={submit}>
        <Card elevation={Elevation.TWO}>
          <H3>Log in to WorkRamp</H3>
          {error && (
            <Callout intent={Intent.DANGER} compact style={{ marginBottom: 15 }}>
              {error}
            </Callout>
          )}
          <FormGroup label="Work email" labelFor="email">
            <InputGroup
              id="email"
              type="email"
              autoComplete="username"
              autoFocus
              required
              readOnly={asksPassword}
              value={email}
              onValueChange={setEmail}
              rightElement={asksPassword ? <Button variant="minimal" text="Change" onClick={startOver} /> : undefined}
            />
          </FormGroup>
          {asksPassword && (
            <FormGroup label="Password" labelFor="password">
              <InputGroup
                id="password"
                type={visible ? 'text' : 'password'}
                autoComplete="current-password"
                autoFocus
                required
                value={password}
                onValueChange={setPassword}
                rightElement={
                  <Tooltip content={visible ? 'Hide password' : 'Show password'}>
                    <Button
                      variant="minimal"
                      intent={Intent.WARNING}
                      icon={visible ? 'unlock' : 'lock'}
                      onClick={() => setVisible(!visible)}
                    />
                  </Tooltip>
                }
              />
            </FormGroup>
          )}
          <Button type="submit" intent={Intent.PRIMARY} fill size="large" loading={busy} text={asksPassword ? 'Log in' : 'Continue'} />
        </Card>
      </form>
    </div>
  );
}
