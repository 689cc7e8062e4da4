import { InboxOutlined } from '@ant-design/icons';
import { Alert, Breadcrumb, Button, Card, Flex, List, Result, Steps, Table, Tag, Typography, Upload } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { ApiError, type ImportPreview, type ImportResult, type ImportRow, api } from '../shared/api';

export function ImportPage() {
  const navigate = useNavigate();
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function read(file: File) {
    setError(undefined);
    try {
      setPreview(await api.upload(file));
    } catch (problem) {
      setError((problem as ApiError).message);
    }
  }

  async function run() {
    setBusy(true);
    try {
      setResult(await api.commit(preview!.token));
    } catch (problem) {
      setError((problem as ApiError).message);
    } finally {
      setBusy(false);
    }
  }

  const step = result ? 2 : preview ? 1 : 0;

  return (
    <>
      <Breadcrumb items={[{ title: <Link to="/admin/users">People</Link> }, { title: 'Import Users' }]} />
      <Typography.Title level={3}>Import Users</Typography.Title>
      <Card>
        <Steps current={step} items={[{ title: 'Upload' }, { title: 'Review' }, { title: 'Done' }]} style={{ marginBottom: 32 }} />
        {error && <Alert type="error" showIcon message={error} style={{ marginBottom: 16 }} />}
        {step === 0 && (
          <>
            <Upload.Dragger
              accept=".csv"
              maxCount={1}
              showUploadList={false}
              customRequest={({ file, onSuccess }) => read(file as File).then(() => onSuccess?.({}))}
            >
              <p className="ant-upload-drag-icon">
                <InboxOutlined />
              </p>
              <p className="ant-upload-text">Click or drag a CSV file to this area to upload</p>
              <p className="ant-upload-hint">
                Columns: Email, First Name, Last Name, Role, Managers, Groups. Separate several managers or groups with a semicolon.
              </p>
            </Upload.Dragger>
          </>
        )}
        {step === 1 && preview && (
          <>
            <Alert
              type={preview.invalid ? 'warning' : 'info'}
              showIcon
              style={{ marginBottom: 16 }}
              message={
                preview.invalid
                  ? `${preview.valid} ready to import, ${preview.invalid} with errors. Rows with errors will be skipped.`
                  : `${preview.valid} ready to import`
              }
            />
            <Table<ImportRow>
              rowKey="row"
              size="small"
              dataSource={preview.rows}
              pagination={{ pageSize: 10, hideOnSinglePage: true }}
              columns={[
                { title: 'Row', dataIndex: 'row', width: 64 },
                { title: 'Email', dataIndex: 'email' },
                { title: 'First Name', dataIndex: 'first_name' },
                { title: 'Last Name', dataIndex: 'last_name' },
                { title: 'Role', dataIndex: 'role' },
                {
                  title: 'Groups',
                  dataIndex: 'groups',
                  render: (groups: string[]) => groups.map((group) => <Tag key={group}>{group}</Tag>),
                },
                { title: 'Managers', dataIndex: 'managers', render: (managers: string[]) => managers.join(', ') },
                {
                  title: 'Status',
                  dataIndex: 'errors',
                  render: (errors: string[]) =>
                    errors.length ? (
                      <Typography.Text type="danger">{errors.join(', ')}</Typography.Text>
                    ) : (
                      <Tag color="success">Ready</Tag>
                    ),
                },
              ]}
            />
            <Flex justify="flex-end" gap={8} style={{ marginTop: 16 }}>
              <Button onClick={() => setPreview(undefined)}>Back</Button>
              <Button type="primary" loading={busy} disabled={!preview.valid} onClick={run}>
                Import {preview.valid} {preview.valid === 1 ? 'user' : 'users'}
              </Button>
            </Flex>
          </>
        )}
        {step === 2 && result && (
          <Result
            status={result.skipped.length ? 'warning' : 'success'}
            title={`${result.created} ${result.created === 1 ? 'user' : 'users'} imported`}
            subTitle={result.skipped.length ? `${result.skipped.length} skipped` : 'Invitations are on their way.'}
            extra={
              <Button type="primary" onClick={() => navigate('/admin/users')}>
                Back to People
              </Button>
            }
          >
            {result.skipped.length > 0 && (
              <List
                size="small"
                header="Skipped rows"
                dataSource={result.skipped}
                renderItem={(item) => (
                  <List.Item>
                    Row {item.row}: {item.email} – {item.reason}
                  </List.Item>
                )}
              />
            )}
          </Result>
        )}
      </Card>
    </>
  );
}
