import { ReadOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { ApiError, api, nextPage } from '../shared/api';

export function LoginPage() {
  const [email, setEmail] = useState<string>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function logIn({ password }: { password: string }) {
    setBusy(true);
    setError(undefined);
    try {
      await api.login(email!, password);
      window.location.assign(nextPage());
    } catch (problem) {
      setError((problem as ApiError).message);
      setBusy(false);
    }
  }

  return (
    <Flex justify="center" align="center" style={{ minHeight: '100vh', background: '#f5f5f5' }}>
      <Card style={{ width: 380 }}>
        <Flex vertical align="center" style={{ marginBottom: 24 }}>
          <ReadOutlined style={{ fontSize: 36, color: '#5b3df5' }} />
          <Typography.Title level={4}>Log in to WorkRamp</Typography.Title>
        </Flex>
        {error && <Alert type="error" message={error} showIcon style={{ marginBottom: 16 }} />}
        {email === undefined ? (
          <Form layout="vertical" onFinish={(values: { email: string }) => setEmail(values.email)} requiredMark={false}>
            <Form.Item
              label="Email"
              name="email"
              rules={[
                { required: true, message: 'Please input your email' },
                { type: 'email', message: 'The input is not valid E-mail' },
              ]}
            >
              <Input size="large" placeholder="name@company.com" autoFocus />
            </Form.Item>
            <Button type="primary" htmlType="submit" size="large" block>
              Continue
            </Button>
          </Form>
        ) : (
          <Form layout="vertical" onFinish={logIn} requiredMark={false}>
            <Typography.Paragraph>
              {email} <Typography.Link onClick={() => setEmail(undefined)}>Change</Typography.Link>
            </Typography.Paragraph>
            <Form.Item label="Password" name="password" rules={[{ required: true, message: 'Please input your password' }]}>
              <Input.Password size="large" autoFocus />
            </Form.Item>
            <Button type="primary" htmlType="submit" size="large" block loading={busy}>
              Log in
            </Button>
          </Form>
        )}
      </Card>
    </Flex>
  );
}
