import { useState, type FormEvent } from 'react';
import { Button, Form, Heading, InlineLoading, InlineNotification, Link, PasswordInput, Stack, TextInput } from '@carbon/react';
import { ArrowRight } from '@carbon/icons-react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../shared/api';

export function Login() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [step, setStep] = useState<'email' | 'password'>('email');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (step === 'email') {
      setStep('password');
      return;
    }
    setBusy(true);
    setError('');
    try {
      await api.login(email, password);
      navigate(params.get('next') ?? '/', { replace: true });
    } catch (reason) {
      setError((reason as Error).message);
      setBusy(false);
    }
  }

  return (
    <main className="login">
      <Form onSubmit={submit}>
        <Stack gap={6}>
          <Heading>Log in</Heading>
          {error && <InlineNotification kind="error" lowContrast hideCloseButton title="Error" subtitle={error} />}
          {step === 'email' ? (
            <TextInput id="email" type="email" labelText="Email" autoComplete="username" autoFocus required value={email} onChange={(e) => setEmail(e.target.value)} />
          ) : (
            <>
              <p>
                Logging in as {email}{' '}
                <Link href="#" onClick={(e) => { e.preventDefault(); setStep('email'); }}>
                  Not you?
                </Link>
              </p>
              <PasswordInput id="password" labelText="Password" autoComplete="current-password" autoFocus required value={password} onChange={(e) => setPassword(e.target.value)} />
            </>
          )}
          {busy ? (
            <InlineLoading description="Logging in" />
          ) : (
            <Button type="submit" renderIcon={ArrowRight}>{step === 'email' ? 'Continue' : 'Log in'}</Button>
          )}
        </Stack>
      </Form>
    </main>
  );
}
