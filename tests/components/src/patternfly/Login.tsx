import { useState, type FormEvent } from 'react';
import {
  ActionGroup,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  LoginPage,
  TextInput,
} from '@patternfly/react-core';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../shared/api';

export function Login() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isEmailEntered, setIsEmailEntered] = useState(false);
  const [isLoading, setIsLoading] = useState(false);
  const [error, setError] = useState('');

  const onContinue = (event: FormEvent) => {
    event.preventDefault();
    setIsEmailEntered(true);
  };

  const onLogIn = async (event: FormEvent) => {
    event.preventDefault();
    setIsLoading(true);
    setError('');
    try {
      await api.login(email, password);
      navigate(params.get('next') || '/', { replace: true });
    } catch (problem) {
      setError((problem as Error).message);
      setIsLoading(false);
    }
  };

  const onChangeAccount = () => {
    setIsEmailEntered(false);
    setPassword('');
    setError('');
  };

  return (
    <LoginPage
      loginTitle="Log in to WorkRamp"
      loginSubtitle={isEmailEntered ? email : 'Enter your work email to continue.'}
      textContent="Learning for your employees, customers and partners."
    >
      {isEmailEntered ? (
        <Form key="password" onSubmit={onLogIn}>
          {error && (
            <FormHelperText>
              <HelperText isLiveRegion>
                <HelperTextItem variant="error">{error}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          )}
          <FormGroup label="Password" isRequired fieldId="login-password">
            <TextInput
              id="login-password"
              name="password"
              type="password"
              autoComplete="current-password"
              autoFocus
              isRequired
              validated={error ? 'error' : 'default'}
              value={password}
              onChange={(_event, value) => setPassword(value)}
            />
          </FormGroup>
          <ActionGroup>
            <Button type="submit" isBlock isLoading={isLoading} isDisabled={isLoading || !password}>
              Log in
            </Button>
            <Button variant="link" isBlock onClick={onChangeAccount}>
              Use a different email
            </Button>
          </ActionGroup>
        </Form>
      ) : (
        <Form key="email" onSubmit={onContinue}>
          <FormGroup label="Email" isRequired fieldId="login-email">
            <TextInput
              id="login-email"
              name="email"
              type="email"
              autoComplete="username"
              autoFocus
              isRequired
              value={email}
              onChange={(_event, value) => setEmail(value)}
            />
          </FormGroup>
          <ActionGroup>
            <Button type="submit" isBlock isDisabled={!email.trim()}>
              Continue
            </Button>
          </ActionGroup>
        </Form>
      )}
    </LoginPage>
  );
}
