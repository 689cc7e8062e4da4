import { useState, type SubmitEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Button, Card, CardHeader, FlexBox, Input, Label, MessageStrip } from '@ui5/webcomponents-react';
import { api } from '../shared/api';
import { reasonOf } from './messages';

export function Login() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  const signIn = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setError('');
    try {
      await api.login(email, password);
      navigate(search.get('next') || '/', { replace: true });
    } catch (refusal) {
      setError(reasonOf(refusal));
      setBusy(false);
    }
  };

  return (
    <FlexBox className="signIn" alignItems="Center" justifyContent="Center">
      <Card header={<CardHeader titleText="Learning Administration" subtitleText="Sign in with your work account" />}>
        <form onSubmit={signIn}>
          <FlexBox direction="Column" className="cardBody stack">
            {error && (
              <MessageStrip design="Negative" hideCloseButton>
                {error}
              </MessageStrip>
            )}
            <Label for="email" required showColon>
              Email
            </Label>
            <Input id="email" name="email" type="Email" required value={email} onInput={(e) => setEmail(e.target.value)} />
            <Label for="password" required showColon>
              Password
            </Label>
            <Input
              id="password"
              name="password"
              type="Password"
              required
              value={password}
              onInput={(e) => setPassword(e.target.value)}
            />
            <Button design="Emphasized" type="Submit" loading={busy}>
              Sign In
            </Button>
          </FlexBox>
        </form>
      </Card>
    </FlexBox>
  );
}
