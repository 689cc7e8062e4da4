import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Button, Form, Grid, Header, Icon, Message, Segment } from 'semantic-ui-react';
import { api } from '../shared/api';

export default function Login() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [step, setStep] = useState<'email' | 'password'>('email');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [loading, setLoading] = useState(false);

  const submit = async () => {
    if (step === 'email') {
      if (email.trim()) setStep('password');
      return;
    }
    setLoading(true);
    setError('');
    try {
      await api.login(email, password);
      navigate(params.get('next') || '/', { replace: true });
    } catch (reason) {
      setError((reason as Error).message);
      setLoading(false);
    }
  };

  const startOver = () => {
    setStep('email');
    setPassword('');
    setError('');
  };

  return (
    <Grid textAlign="center" style={{ height: '100vh' }} verticalAlign="middle">
      <title>Log in | Learn:Up</title>
      <Grid.Column style={{ maxWidth: 450 }}>
        <Header as="h2" color="violet" textAlign="center">
          <Icon name="graduation" /> Log in to Learn:Up
        </Header>
        <Form size="large" onSubmit={submit} loading={loading} error={Boolean(error)}>
          <Segment stacked>
            {step === 'email' ? (
              <Form.Input
                key="email"
                fluid
                autoFocus
                icon="user"
                iconPosition="left"
                type="email"
                placeholder="E-mail address"
                value={email}
                onChange={(_, { value }) => setEmail(value)}
              />
            ) : (
              <Form.Input
                key="password"
                fluid
                autoFocus
                icon="lock"
                iconPosition="left"
                type="password"
                placeholder="Password"
                value={password}
                onChange={(_, { value }) => setPassword(value)}
              />
            )}
            <Message error content={error} />
            <Button color="violet" fluid size="large" type="submit">
              {step === 'email' ? 'Continue' : 'Log in'}
            </Button>
          </Segment>
        </Form>
        {step === 'password' && (
          <Message>
            Not {email}? <Button as="a" basic compact size="mini" onClick={startOver} content="Use another account" />
          </Message>
        )}
      </Grid.Column>
    </Grid>
  );
}
