import { useState } from 'react';
import { Alert, Button, Card, Form, ProgressBar, Table } from 'react-bootstrap';
import { useNavigate } from 'react-router-dom';
import { ApiError, type ImportPreview, type ImportResult, api } from '../shared/api';

export function ImportPage() {
  const navigate = useNavigate();
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function read(file: File | undefined) {
    if (!file) return;
    setBusy(true);
    setError('');
    try {
      setPreview(await api.upload(file));
    } catch (problem) {
      setError((problem as ApiError).message);
    } finally {
      setBusy(false);
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

  return (
    <Card body style={{ maxWidth: 1000 }} className="mx-auto">
      <h3>Import Users</h3>
      <ProgressBar now={result ? 100 : preview ? 66 : 33} className="mb-4" style={{ height: 6 }} />
      {error && <Alert variant="danger">{error}</Alert>}
      {!preview && (
        <Form.Group controlId="csv">
          <Form.Label>Step 1 of 3: upload a CSV file</Form.Label>
          <Form.Control
            type="file"
            accept=".csv"
            disabled={busy}
            onChange={(event) => read((event.target as HTMLInputElement).files?.[0])}
          />
          <Form.Text>Columns: Email, First Name, Last Name, Role, Managers, Groups. Use ; between several managers or groups.</Form.Text>
        </Form.Group>
      )}
      {preview && !result && (
        <>
          <p>
            Step 2 of 3: review <strong>{preview.filename}</strong>
          </p>
          {preview.invalid > 0 && (
            <Alert variant="warning">
              {preview.invalid} {preview.invalid === 1 ? 'row has' : 'rows have'} errors and will be skipped
            </Alert>
          )}
          <Table bordered size="sm" responsive>
            <thead>
              <tr>
                <th>Row</th>
                <th>Email</th>
                <th>First Name</th>
                <th>Last Name</th>
                <th>Role</th>
                <th>Managers</th>
                <th>Groups</th>
              </tr>
            </thead>
            <tbody>
              {preview.rows.map((row) => (
                <tr key={row.row} className={row.errors.length ? 'table-danger' : undefined}>
                  <td>{row.row}</td>
                  <td>
                    {row.email}
                    {row.errors.map((text) => (
                      <div key={text} className="small text-danger">
                        {text}
                      </div>
                    ))}
                  </td>
                  <td>{row.first_name}</td>
                  <td>{row.last_name}</td>
                  <td>{row.role}</td>
                  <td>{row.managers.join('; ')}</td>
                  <td>{row.groups.join('; ')}</td>
                </tr>
              ))}
            </tbody>
          </Table>
          <div className="d-flex justify-content-end gap-2">
            <Button variant="secondary" onClick={() => navigate('/admin/users')}>
              Cancel
            </Button>
            <Button disabled={busy || !preview.valid} onClick={run}>
              Confirm import
            </Button>
          </div>
        </>
      )}
      {result && (
        <>
          <Alert variant="success">
            {result.created} {result.created === 1 ? 'user was' : 'users were'} imported and invited.
          </Alert>
          {result.skipped.length > 0 && (
            <Table size="sm">
              <thead>
                <tr>
                  <th>Skipped row</th>
                  <th>Email</th>
                  <th>Reason</th>
                </tr>
              </thead>
              <tbody>
                {result.skipped.map((item) => (
                  <tr key={item.row}>
                    <td>{item.row}</td>
                    <td>{item.email}</td>
                    <td>{item.reason}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
          <Button onClick={() => navigate('/admin/users')}>Return to users</Button>
        </>
      )}
    </Card>
  );
}
