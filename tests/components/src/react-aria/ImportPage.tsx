import { useState } from 'react';
import {
  Breadcrumb,
  Breadcrumbs,
  Button,
  Cell,
  Column,
  DropZone,
  FileTrigger,
  isFileDropItem,
  Label,
  Link,
  Radio,
  RadioGroup,
  Row,
  Switch,
  Table,
  TableBody,
  TableHeader,
  Text,
} from 'react-aria-components';
import { useNavigate } from 'react-router-dom';
import { api, type ImportPreview, type ImportResult } from '../shared/api';
import { download, toCsv } from './exportPeople';
import { say } from './toasts';
import { Alert, Icon } from './ui';

const TEMPLATE = [['Email', 'First Name', 'Last Name', 'Managers', 'Groups', 'Role']];

export function ImportPage() {
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const read = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setProblem('');
    try {
      setPreview(await api.upload(file));
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };

  const commit = async () => {
    if (!preview) return;
    setBusy(true);
    setProblem('');
    try {
      const answer = await api.commit(preview.token);
      setResult(answer);
      say(`${answer.created} people invited`);
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };

  const again = () => {
    setPreview(undefined);
    setResult(undefined);
    setProblem('');
  };

  return (
    <>
      <Breadcrumbs className="breadcrumbs">
        <Breadcrumb>
          <Link href="/admin/users">People</Link>
        </Breadcrumb>
        <Breadcrumb>
          <Link>Import Users</Link>
        </Breadcrumb>
      </Breadcrumbs>
      <h1>Import Users</h1>
      {problem && <Alert>{problem}</Alert>}
      {result ? (
        <Outcome result={result} onAgain={again} />
      ) : preview ? (
        <Review preview={preview} busy={busy} onBack={again} onImport={() => void commit()} />
      ) : (
        <DropZone
          className="drop-zone"
          getDropOperation={(types) => (types.has('text/csv') ? 'copy' : 'cancel')}
          onDrop={(event) => {
            const item = event.items.find(isFileDropItem);
            void item?.getFile().then(read);
          }}
        >
          <Icon name="upload" />
          <Text slot="label">{busy ? 'Reading the file…' : 'Drop a CSV file here'}</Text>
          <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={(files) => void read(files?.[0])}>
            <Button className="button" isPending={busy}>
              Browse files
            </Button>
          </FileTrigger>
          <p className="muted">
            Email, first name, last name and role are required. Separate several managers or groups with a semicolon.
          </p>
          <Link onPress={() => download('people-template.csv', toCsv(TEMPLATE))}>Get the template</Link>
        </DropZone>
      )}
    </>
  );
}

interface ReviewProps {
  preview: ImportPreview;
  busy: boolean;
  onBack: () => void;
  onImport: () => void;
}

function Review({ preview, busy, onBack, onImport }: ReviewProps) {
  const [onlyBad, setOnlyBad] = useState(false);
  const [choice, setChoice] = useState('stop');
  const rows = preview.rows.filter((row) => !onlyBad || row.errors.length > 0);
  const blocked = preview.valid === 0 || (preview.invalid > 0 && choice === 'stop');
  return (
    <>
      <p>
        <strong>{preview.filename}</strong>: {preview.valid} ready to invite
        {preview.invalid > 0 && `, ${preview.invalid} with problems`}
      </p>
      {preview.invalid > 0 && (
        <>
          <RadioGroup className="choices" value={choice} onChange={setChoice}>
            <Label>What should happen to rows with problems?</Label>
            <Radio value="stop">
              <span className="radio-dot" /> Import nothing, I will fix the file
            </Radio>
            <Radio value="skip">
              <span className="radio-dot" /> Skip them and import the others
            </Radio>
          </RadioGroup>
          <Switch isSelected={onlyBad} onChange={setOnlyBad}>
            <div className="switch-track" />
            Show only rows with problems
          </Switch>
        </>
      )}
      <Table aria-label="Rows of the file" className="table">
        <TableHeader>
          <Column>Row</Column>
          <Column isRowHeader>Email</Column>
          <Column>Name</Column>
          <Column>Role</Column>
          <Column>Groups</Column>
          <Column>Managers</Column>
          <Column>Check</Column>
        </TableHeader>
        <TableBody items={rows.map((row) => ({ ...row, id: row.row }))}>
          {(row) => (
            <Row className={row.errors.length > 0 ? 'react-aria-Row bad' : 'react-aria-Row'}>
              <Cell>{row.row}</Cell>
              <Cell>{row.email}</Cell>
              <Cell>{`${row.first_name} ${row.last_name}`}</Cell>
              <Cell>{row.role}</Cell>
              <Cell>{row.groups.join(', ')}</Cell>
              <Cell>{row.managers.join(', ')}</Cell>
              <Cell>{row.errors.length > 0 ? <span className="negative-text">{row.errors.join('. ')}</span> : 'Ready'}</Cell>
            </Row>
          )}
        </TableBody>
      </Table>
      <div className="buttons">
        <Button className="button" onPress={onBack} isDisabled={busy}>
          Choose another file
        </Button>
        <Button className="button primary" onPress={onImport} isDisabled={blocked} isPending={busy}>
          Import {preview.valid} {preview.valid === 1 ? 'person' : 'people'}
        </Button>
      </div>
    </>
  );
}

function Outcome({ result, onAgain }: { result: ImportResult; onAgain: () => void }) {
  const navigate = useNavigate();
  return (
    <section className="tile">
      <h2>Import finished</h2>
      <p>
        {result.created} {result.created === 1 ? 'invitation' : 'invitations'} sent.
      </p>
      {result.skipped.length > 0 && (
        <>
          <p>{result.skipped.length} skipped:</p>
          <ul>
            {result.skipped.map((row) => (
              <li key={row.row}>
                Row {row.row}, {row.email || 'no email'}: {row.reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="buttons">
        <Button className="button" onPress={onAgain}>
          Import another file
        </Button>
        <Button className="button primary" onPress={() => navigate('/admin/users')}>
          Back to People
        </Button>
      </div>
    </section>
  );
}
