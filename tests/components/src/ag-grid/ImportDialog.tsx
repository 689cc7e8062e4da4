import { AnchorButton, Callout, Checkbox, Classes, DialogBody, DialogStep, FileInput, FormGroup, HTMLTable, Icon, Intent, MultistepDialog, Spinner, Tag } from '@blueprintjs/core';
import { type ChangeEvent, useState } from 'react';
import { api, type ImportPreview, type ImportResult } from '../shared/api';
import { messageOf, toastSuccess } from './toaster';

const TEMPLATE = `data:text/csv;charset=utf-8,${encodeURIComponent('Email,First Name,Last Name,Role,Managers,Groups\r\n')}`;

const users = (count: number) => `${count} ${count === 1 ? 'user' : 'users'}`;
const rows = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`;

interface Props {
  isOpen: boolean;
  onClose: () => void;
  onImported: () => void;
}

export function ImportDialog({ isOpen, onClose, onImported }: Props) {
  const [filename, setFilename] = useState<string>();
  const [preview, setPreview] = useState<ImportPreview>();
  const [skip, setSkip] = useState(false);
  const [result, setResult] = useState<ImportResult>();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const reset = () => {
    setFilename(undefined);
    setPreview(undefined);
    setSkip(false);
    setResult(undefined);
    setFailure(undefined);
  };

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  const upload = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    if (!file) return;
    reset();
    setFilename(file.name);
    attempt(async () => setPreview(await api.upload(file)));
  };

  const commit = (token: string) =>
    attempt(async () => {
      const answer = await api.commit(token);
      setResult(answer);
      toastSuccess(`${users(answer.created)} invited`);
      onImported();
    });

  const ready = !!preview && !result && preview.valid > 0 && (preview.invalid === 0 || skip);

  return (
    <MultistepDialog
      isOpen={isOpen}
      icon="import"
      title="Import Users"
      navigationPosition="top"
      style={{ width: 1000, maxWidth: '95vw' }}
      canOutsideClickClose={false}
      onClose={onClose}
      onClosed={reset}
      onChange={(step) => {
        if (step === 'result' && preview && !result) commit(preview.token);
      }}
      finalButtonProps={{ text: 'Done', disabled: busy, onClick: onClose }}
    >
      <DialogStep
        id="upload"
        title="Upload"
        nextButtonProps={{ text: 'Review', disabled: !preview, loading: busy }}
        panel={
          <DialogBody>
            <p>
              Upload a CSV file with the columns <b>Email</b>, <b>First Name</b>, <b>Last Name</b> and <b>Role</b>. The columns{' '}
              <b>Managers</b> and <b>Groups</b> are optional; separate several values with a semicolon.
            </p>
            <FormGroup helperText={failure} intent={failure ? Intent.DANGER : Intent.NONE}>
              <FileInput
                fill
                hasSelection={!!filename}
                text={filename ?? 'Choose a CSV file…'}
                inputProps={{ accept: '.csv,text/csv' }}
                onInputChange={upload}
              />
            </FormGroup>
            <AnchorButton variant="minimal" icon="download" text="Download a template" href={TEMPLATE} download="users.csv" />
          </DialogBody>
        }
      />
      <DialogStep
        id="review"
        title="Review"
        nextButtonProps={{ text: `Import ${users(preview?.valid ?? 0)}`, disabled: !ready }}
        panel={
          <DialogBody className="import-panel">
            {preview && <Review preview={preview} skip={skip} onSkip={setSkip} />}
          </DialogBody>
        }
      />
      <DialogStep
        id="result"
        title="Result"
        backButtonProps={{ disabled: busy || !!result }}
        panel={
          <DialogBody className="import-panel">
            {busy && <Spinner />}
            {failure && <Callout intent={Intent.DANGER}>{failure}</Callout>}
            {result && <Outcome result={result} />}
          </DialogBody>
        }
      />
    </MultistepDialog>
  );
}

function Review({ preview, skip, onSkip }: { preview: ImportPreview; skip: boolean; onSkip: (skip: boolean) => void }) {
  return (
    <>
      {preview.invalid > 0 ? (
        <Callout intent={Intent.WARNING} title={`${rows(preview.invalid)} cannot be imported`}>
          {preview.valid > 0 ? (
            <Checkbox
              checked={skip}
              label={`Skip ${rows(preview.invalid)} with errors and import the other ${preview.valid}`}
              onChange={(event) => onSkip(event.currentTarget.checked)}
            />
          ) : (
            'Correct the file and upload it again.'
          )}
        </Callout>
      ) : (
        <Callout intent={Intent.SUCCESS}>All {rows(preview.valid)} can be imported.</Callout>
      )}
      <HTMLTable compact striped>
        <thead>
          <tr>
            <th>Row</th>
            <th>Check</th>
            <th>Name</th>
            <th>Email</th>
            <th>Role</th>
            <th>Groups</th>
            <th>Managers</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.row}>
              <td className={Classes.TEXT_MUTED}>{row.row}</td>
              <td className="check">
                {row.errors.length === 0 ? (
                  <Icon icon="tick" intent={Intent.SUCCESS} title="Can be imported" />
                ) : (
                  row.errors.map((error) => (
                    <Tag key={error} minimal multiline intent={Intent.DANGER}>
                      {error}
                    </Tag>
                  ))
                )}
              </td>
              <td>
                {row.first_name} {row.last_name}
              </td>
              <td>{row.email}</td>
              <td>{row.role}</td>
              <td>{row.groups.join('; ')}</td>
              <td>{row.managers.join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </HTMLTable>
    </>
  );
}

function Outcome({ result }: { result: ImportResult }) {
  return (
    <>
      <Callout intent={result.created ? Intent.SUCCESS : Intent.WARNING} title={`${users(result.created)} invited`}>
        {result.skipped.length ? `${rows(result.skipped.length)} skipped` : 'Every row was imported.'}
      </Callout>
      {result.skipped.length > 0 && (
        <HTMLTable compact striped>
          <thead>
            <tr>
              <th>Row</th>
              <th>Email</th>
              <th>Reason</th>
            </tr>
          </thead>
          <tbody>
            {result.skipped.map(({ row, email, reason }) => (
              <tr key={row}>
                <td>{row}</td>
                <td>{email}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </HTMLTable>
      )}
    </>
  );
}
