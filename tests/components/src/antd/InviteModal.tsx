import { App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { ApiError, type Draft, api } from '../shared/api';
import { PersonFields } from './PersonFields';

interface Props {
  open: boolean;
  groups: string[];
  onClose: () => void;
  onDone: () => void;
}

export function InviteModal({ open, groups, onClose, onDone }: Props) {
  const [form] = Form.useForm<Draft>();
  const [busy, setBusy] = useState(false);
  const { message } = App.useApp();

  async function send(values: Draft) {
    setBusy(true);
    try {
      await api.invite(values);
      message.success(`Invitation sent to ${values.email}`);
      onDone();
    } catch (problem) {
      const { fields, message: text } = problem as ApiError;
      const names = Object.keys(fields) as (keyof Draft)[];
      form.setFields(names.map((name) => ({ name, errors: [fields[name]] })));
      if (!names.length) message.error(text);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      title="Invite User"
      open={open}
      onCancel={onClose}
      okText="Send invitation"
      onOk={() => form.submit()}
      confirmLoading={busy}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={send} preserve={false} initialValues={{ role: 'Learner' }}>
        <Form.Item
          label="Email address"
          name="email"
          rules={[
            { required: true, message: 'Please enter an email address' },
            { type: 'email', message: 'Please enter a valid email address' },
          ]}
        >
          <Input placeholder="name@company.com" />
        </Form.Item>
        <Form.Item label="First name" name="first_name" rules={[{ required: true, message: 'Please enter a first name' }]}>
          <Input />
        </Form.Item>
        <Form.Item label="Last name" name="last_name" rules={[{ required: true, message: 'Please enter a last name' }]}>
          <Input />
        </Form.Item>
        <PersonFields groups={groups} />
      </Form>
    </Modal>
  );
}
