import {
  Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Link, makeStyles, MessageBar,
  MessageBarBody, MessageBarTitle, Spinner, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text, tokens,
} from '@fluentui/react-components';
import { DocumentAddRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { api, type ImportPreview, type ImportResult } from '../shared/api';

const useStyles = makeStyles({
  surface: { maxWidth: '900px', width: 'calc(100vw - 48px)' },
  content: { display: 'flex', flexDirection: 'column', rowGap: '14px' },
  drop: {
    display: 'flex', flexDirection: 'column', alignItems: 'center', rowGap: '10px', padding: '32px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusLarge,
  },
  table: { maxHeight: '320px', overflow: 'auto' },
  bad: { color: tokens.colorPaletteRedForeground1 },
});

const TEMPLATE = `data:text/csv;charset=utf-8,${encodeURIComponent('Email,First Name,Last Name,Managers,Groups,Role\r\n')}`;
const users = (count: number) => `${count} ${count === 1 ? 'user' : 'users'}`;

export function ImportDialog({ open, onClose, onImported }: { open: boolean; onClose: () => void; onImported: () => void }) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const [skip, setSkip] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    if (!open) return;
    setPreview(null);
    setResult(null);
    setSkip(false);
    setProblem('');
  }, [open]);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const choose = (files: FileList | null) => {
    const file = files?.[0];
    if (file) attempt(async () => setPreview(await api.upload(file)));
    if (input.current) input.current.value = '';
  };
  const commit = () =>
    attempt(async () => {
      setResult(await api.commit(preview!.token));
      onImported();
    });

  return (
    <Dialog modalType="alert" open={open}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{result ? 'Import complete' : preview ? 'Review import' : 'Import from CSV'}</DialogTitle>
          <DialogContent className={styles.content}>
            {problem && (
              <MessageBar intent="error">
                <MessageBarBody>{problem}</MessageBarBody>
              </MessageBar>
            )}
            {!preview && (
              <>
                <Text>
                  One line for each user: email, first name, last name, managers, groups and role.{' '}
                  <Link href={TEMPLATE} download="users.csv">Download a sample file</Link>
                </Text>
                <div
                  className={styles.drop}
                  onDragOver={(event) => event.preventDefault()}
                  onDrop={(event) => {
                    event.preventDefault();
                    choose(event.dataTransfer.files);
                  }}
                >
                  {busy ? <Spinner label="Checking your file…" /> : <Text>Drag a file here or</Text>}
                  <Button icon={<DocumentAddRegular />} disabled={busy} onClick={() => input.current?.click()}>Browse files</Button>
                  <input ref={input} type="file" accept=".csv" hidden onChange={(event) => choose(event.target.files)} />
                </div>
              </>
            )}
            {preview && !result && (
              <>
                <Text>
                  <b>{preview.filename}</b>: {preview.rows.length} rows, {preview.valid} ready to import
                </Text>
                {preview.invalid > 0 && (
                  <MessageBar intent="warning">
                    <MessageBarBody>
                      <MessageBarTitle>{preview.invalid === 1 ? '1 row has errors.' : `${preview.invalid} rows have errors.`}</MessageBarTitle>
                      Fix the file and upload it again, or leave these rows out.
                    </MessageBarBody>
                  </MessageBar>
                )}
                <div className={styles.table}>
                  <Table size="small" aria-label="Rows of the file">
                    <TableHeader>
                      <TableRow>
                        {['Line', 'Email', 'Name', 'Groups', 'Managers', 'Issues'].map((title) => (
                          <TableHeaderCell key={title}>{title}</TableHeaderCell>
                        ))}
                      </TableRow>
                    </TableHeader>
                    <TableBody>
                      {preview.rows.map((row) => (
                        <TableRow key={row.row}>
                          <TableCell>{row.row}</TableCell>
                          <TableCell>{row.email}</TableCell>
                          <TableCell>{`${row.first_name} ${row.last_name}`}</TableCell>
                          <TableCell>{row.groups.join('; ')}</TableCell>
                          <TableCell>{row.managers.join('; ')}</TableCell>
                          <TableCell className={styles.bad}>
                            {row.errors.map((error) => (
                              <div key={error}>{error}</div>
                            ))}
                          </TableCell>
                        </TableRow>
                      ))}
                    </TableBody>
                  </Table>
                </div>
                {preview.invalid > 0 && (
                  <Checkbox label="Skip rows with errors" checked={skip} onChange={(_, data) => setSkip(!!data.checked)} />
                )}
              </>
            )}
            {result && (
              <>
                <MessageBar intent="success">
                  <MessageBarBody>{users(result.created)} imported and invited.</MessageBarBody>
                </MessageBar>
                {result.skipped.length > 0 && (
                  <>
                    <Text weight="semibold">{result.skipped.length} skipped</Text>
                    <ul>
                      {result.skipped.map((row) => (
                        <li key={row.row}>Line {row.row}, {row.email || 'no email'}: {row.reason}</li>
                      ))}
                    </ul>
                  </>
                )}
              </>
            )}
          </DialogContent>
          <DialogActions>
            {result ? (
              <Button appearance="primary" onClick={onClose}>Close</Button>
            ) : (
              <>
                {preview && <Button appearance="transparent" disabled={busy} onClick={() => setPreview(null)}>Back</Button>}
                <Button appearance="secondary" disabled={busy} onClick={onClose}>Cancel</Button>
                <Button
                  appearance="primary"
                  disabled={busy || !preview?.valid || (preview.invalid > 0 && !skip)}
                  onClick={commit}
                >
                  Import
                </Button>
              </>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
