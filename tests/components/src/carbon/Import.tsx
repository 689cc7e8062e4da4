import { useState } from 'react';
import {
  Breadcrumb, BreadcrumbItem, Button, Checkbox, FileUploaderDropContainer, FileUploaderItem, Heading, InlineLoading, InlineNotification, Stack,
  Table, TableBody, TableCell, TableContainer, TableHead, TableHeader, TableRow,
} from '@carbon/react';
import { Link, useNavigate } from 'react-router-dom';
import { api, type ImportPreview, type ImportResult } from '../shared/api';

const people = (count: number) => `${count} ${count === 1 ? 'user' : 'users'}`;

export function Import() {
  const navigate = useNavigate();
  const [file, setFile] = useState<{ name: string; error?: string }>();
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [skip, setSkip] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');

  const restart = () => {
    setFile(undefined);
    setPreview(undefined);
    setResult(undefined);
    setSkip(false);
    setError('');
  };

  async function upload(chosen: File) {
    setFile({ name: chosen.name });
    try {
      setPreview(await api.upload(chosen));
    } catch (reason) {
      setFile({ name: chosen.name, error: (reason as Error).message });
    }
  }

  async function commit({ token }: ImportPreview) {
    setBusy(true);
    try {
      setResult(await api.commit(token));
    } catch (reason) {
      setError((reason as Error).message);
    }
    setBusy(false);
  }

  return (
    <Stack gap={6}>
      <Breadcrumb noTrailingSlash>
        <BreadcrumbItem><Link to="/admin/settings">Settings</Link></BreadcrumbItem>
        <BreadcrumbItem><Link to="/admin/users">Users</Link></BreadcrumbItem>
      </Breadcrumb>
      <Heading>Import users</Heading>
      {!preview && (
        <div>
          <p className="cds--file--label">Upload a CSV file</p>
          <p className="cds--label-description">Columns: Email, First Name, Last Name, Managers, Groups, Role. Separate several managers or groups with semicolons.</p>
          <FileUploaderDropContainer accept={['.csv']} labelText="Drag and drop a file here or click to upload" onAddFiles={(_, { addedFiles: [added] }) => added && upload(added)} />
          {file && (
            <FileUploaderItem
              name={file.name}
              status={file.error ? 'edit' : 'uploading'}
              invalid={!!file.error}
              errorSubject="The file was not accepted"
              errorBody={file.error}
              iconDescription={file.error ? 'Remove file' : 'Uploading'}
              onDelete={restart}
            />
          )}
        </div>
      )}
      {preview && !result && (
        <>
          {preview.invalid > 0 && (
            <InlineNotification kind="warning" lowContrast hideCloseButton title={`${preview.invalid} of ${preview.rows.length} rows have errors`} subtitle="Correct the file and upload it again, or skip these rows." />
          )}
          {error && <InlineNotification kind="error" lowContrast hideCloseButton title="Import failed" subtitle={error} />}
          <TableContainer title="Review rows" description={preview.filename}>
            <Table size="md">
              <TableHead>
                <TableRow>
                  {['Row', 'Email', 'Name', 'Role', 'Groups', 'Managers', 'Result'].map((title) => <TableHeader key={title}>{title}</TableHeader>)}
                </TableRow>
              </TableHead>
              <TableBody>
                {preview.rows.map((row) => (
                  <TableRow key={row.row}>
                    <TableCell>{row.row}</TableCell>
                    <TableCell>{row.email}</TableCell>
                    <TableCell>{`${row.first_name} ${row.last_name}`}</TableCell>
                    <TableCell>{row.role}</TableCell>
                    <TableCell>{row.groups.join('; ')}</TableCell>
                    <TableCell>{row.managers.join('; ')}</TableCell>
                    <TableCell className={row.errors.length ? 'error-text' : undefined}>{row.errors.join('. ') || 'Ready'}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
          {preview.invalid > 0 && <Checkbox id="skip" labelText="Skip rows with errors" checked={skip} onChange={(_, { checked }) => setSkip(checked)} />}
          <div className="actions">
            <Button kind="secondary" disabled={busy} onClick={restart}>Choose another file</Button>
            {busy ? (
              <InlineLoading description="Importing" />
            ) : (
              <Button disabled={!preview.valid || (preview.invalid > 0 && !skip)} onClick={() => commit(preview)}>{`Import ${people(preview.valid)}`}</Button>
            )}
          </div>
        </>
      )}
      {result && (
        <>
          <InlineNotification
            kind={result.skipped.length ? 'warning' : 'success'}
            lowContrast
            hideCloseButton
            title="Import complete"
            subtitle={`${people(result.created)} invited, ${result.skipped.length} skipped.`}
          />
          {result.skipped.length > 0 && (
            <TableContainer title="Skipped rows">
              <Table>
                <TableHead>
                  <TableRow>
                    <TableHeader>Row</TableHeader>
                    <TableHeader>Email</TableHeader>
                    <TableHeader>Reason</TableHeader>
                  </TableRow>
                </TableHead>
                <TableBody>
                  {result.skipped.map(({ row, email, reason }) => (
                    <TableRow key={row}>
                      <TableCell>{row}</TableCell>
                      <TableCell>{email}</TableCell>
                      <TableCell>{reason}</TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            </TableContainer>
          )}
          <div className="actions">
            <Button kind="tertiary" onClick={restart}>Import another file</Button>
            <Button onClick={() => navigate('/admin/users')}>Back to Users</Button>
          </div>
        </>
      )}
    </Stack>
  );
}
