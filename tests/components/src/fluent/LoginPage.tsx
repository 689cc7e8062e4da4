import {
  Button, Card, Field, Input, Link, makeStyles, MessageBar, MessageBarBody, Spinner, Subtitle1, Title2, tokens,
} from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../shared/api';

const useStyles = makeStyles({
  page: { minHeight: '100%', display: 'grid', placeItems: 'center', backgroundColor: tokens.colorNeutralBackground3 },
  card: { width: 'min(420px, calc(100vw - 32px))', padding: '36px', rowGap: '16px', boxSizing: 'border-box' },
  form: { display: 'flex', flexDirection: 'column', rowGap: '16px' },
  actions: { display: 'flex', justifyContent: 'flex-end' },
});

export function LoginPage() {
  const styles = useStyles();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const proceed = (event: FormEvent) => {
    event.preventDefault();
    const fine = /^\S+@\S+\.\S+$/.test(email.trim());
    setProblem(fine ? '' : 'Enter a valid email address');
    setAsked(fine);
  };

  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      await api.login(email.trim(), password);
      navigate(params.get('next') || '/home');
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };

  return (
    <main className={styles.page}>
      <Card className={styles.card}>
        <Subtitle1>WorkRamp</Subtitle1>
        {asked ? (
          <form className={styles.form} onSubmit={signIn}>
            <div>
              <Button appearance="subtle" size="small" icon={<ArrowLeftRegular />} aria-label="Back" onClick={() => setAsked(false)} />
              {email}
            </div>
            <Title2 as="h1">Enter password</Title2>
            {problem && (
              <MessageBar intent="error">
                <MessageBarBody>{problem}</MessageBarBody>
              </MessageBar>
            )}
            <Field label="Password" required>
              <Input type="password" autoComplete="current-password" autoFocus value={password} onChange={(_, data) => setPassword(data.value)} />
            </Field>
            <Link href="#">Forgot my password</Link>
            <div className={styles.actions}>
              <Button appearance="primary" type="submit" disabled={busy} icon={busy ? <Spinner size="tiny" /> : undefined}>
                Sign in
              </Button>
            </div>
          </form>
        ) : (
          <form className={styles.form} onSubmit={proceed} noValidate>
            <Title2 as="h1">Sign in</Title2>
            <Field label="Work email" required validationMessage={problem || undefined}>
              <Input type="email" autoComplete="username" autoFocus value={email} onChange={(_, data) => setEmail(data.value)} />
            </Field>
            <Link href="#">Sign in with single sign on</Link>
            <div className={styles.actions}>
              <Button appearance="primary" type="submit">
                Continue
              </Button>
            </div>
          </form>
        )}
      </Card>
    </main>
  );
}
