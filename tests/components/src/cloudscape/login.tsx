import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { api, type ApiError } from '../shared/api';

export function LoginPage() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [step, setStep] = useState<'email' | 'password'>('email');
  const [email, setEmail] = useState('');
  const [emailError, setEmailError] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [loading, setLoading] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (step === 'email') {
      const valid = /^\S+@\S+$/.test(email.trim());
      setEmailError(valid ? '' : 'Enter a valid email address');
      if (valid) setStep('password');
      return;
    }
    setLoading(true);
    setError('');
    try {
      await api.login(email, password);
      navigate(params.get('next') || '/', { replace: true });
    } catch (failure) {
      setError((failure as ApiError).message);
      setLoading(false);
    }
  };

  const back = () => {
    setStep('email');
    setPassword('');
    setError('');
  };

  return (
    <Box padding={{ top: 'xxxl', horizontal: 'l' }}>
      <div style={{ maxWidth: 440, margin: '0 auto' }}>
        <form onSubmit={submit} noValidate>
          <Form
            actions={
              <Button variant="primary" formAction="submit" loading={loading}>
                {step === 'email' ? 'Continue' : 'Sign in'}
              </Button>
            }
          >
            <Container header={<Header variant="h1">Sign in to Learning platform</Header>}>
              <SpaceBetween size="l">
                {error && <Alert type="error">{error}</Alert>}
                {step === 'email' ? (
                  <FormField label="Email address" errorText={emailError}>
                    <Input
                      key="email"
                      type="email"
                      inputMode="email"
                      autoComplete="username"
                      autoFocus
                      value={email}
                      onChange={({ detail }) => setEmail(detail.value)}
                    />
                  </FormField>
                ) : (
                  <SpaceBetween size="l">
                    <div>
                      <Box variant="awsui-key-label">Email address</Box>
                      {email}{' '}
                      <Link href="#" onFollow={(event) => (event.preventDefault(), back())}>
                        Change
                      </Link>
                    </div>
                    <FormField label="Password">
                      <Input
                        key="password"
                        type="password"
                        autoComplete="current-password"
                        autoFocus
                        value={password}
                        onChange={({ detail }) => setPassword(detail.value)}
                      />
                    </FormField>
                  </SpaceBetween>
                )}
              </SpaceBetween>
            </Container>
          </Form>
        </form>
      </div>
    </Box>
  );
}
