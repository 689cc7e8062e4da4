import { useRef, useState, type DragEvent } from 'react';
import { api, type ImportPreview, type ImportResult } from '../shared/api';
import { count, saveCsv } from './fields';
import { Banner, Checkbox, Icon, Link, useSubmit } from './ui';

const TEMPLATE = [
  ['Email', 'First Name', 'Last Name', 'Managers', 'Groups', 'Role'],
  ['jordan.diaz@corp.example', 'Jordan', 'Diaz', 'marcus.webb@corp.example', 'Sales; New Hires 2026', 'Learner'],
];

const STEPS = ['Upload', 'Review', 'Done'];

export function ImportPage() {
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const { busy, submit, message, forget } = useSubmit();
  const step = result ? 2 : preview ? 1 : 0;
  const again = () => {
    setPreview(undefined);
    setResult(undefined);
    forget();
  };
  return (
    <div className="mx-auto max-w-4xl">
      <Link href="/admin/users" className="btn-link">
        ‹ Users
      </Link>
      <h1 className="mt-1 text-xl font-bold">Import Users</h1>
      <div className="mt-3 flex gap-6">
        {STEPS.map((name, index) => (
          <div key={name} className={`flex items-center gap-2 ${index === step ? 'font-bold text-brand' : 'text-sub'}`}>
            <span className={`flex h-5 w-5 items-center justify-center rounded-full text-xs ${index <= step ? 'bg-brand text-white' : 'bg-slate-200'}`}>{index + 1}</span>
            {name}
          </div>
        ))}
      </div>
      {message && (
        <div className="mt-4">
          <Banner notice={{ good: false, text: message }} onClose={forget} />
        </div>
      )}
      <div className="card mt-4 p-6">
        {step === 0 && <Upload busy={busy} onFile={(file) => submit(async () => setPreview(await api.upload(file)))} />}
        {step === 1 && <Review preview={preview!} busy={busy} onAgain={again} onImport={() => submit(async () => setResult(await api.commit(preview!.token)))} />}
        {step === 2 && <Result result={result!} onAgain={again} />}
      </div>
    </div>
  );
}

function Upload({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <>
      <div
        className={`flex flex-col items-center gap-2 rounded-lg border-2 border-dashed px-6 py-10 text-center ${over ? 'border-brand bg-brand-wash' : 'border-line'}`}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className="text-sub">
          <Icon name="file" size={32} />
        </span>
        <div className="font-semibold">{busy ? 'Reading your file…' : 'Drop your CSV file here'}</div>
        <button type="button" className="btn" disabled={busy} onClick={() => input.current?.click()}>
          Browse files
        </button>
        <input
          ref={input}
          type="file"
          accept=".csv"
          className="hidden"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
            event.target.value = '';
          }}
        />
        <div className="text-[13px] text-sub">Up to 1,000 people. Nothing is imported before you have looked it over.</div>
      </div>
      <div className="mt-5 text-[13px]">
        <p>Columns: email, first name, last name, managers, groups and role. Put a semicolon between several managers or groups.</p>
        <button type="button" className="btn-link mt-1" onClick={() => saveCsv('user-import-template.csv', TEMPLATE)}>
          Download a template
        </button>
      </div>
    </>
  );
}

function Review({ preview, busy, onAgain, onImport }: { preview: ImportPreview; busy: boolean; onAgain: () => void; onImport: () => void }) {
  const [skip, setSkip] = useState(false);
  const columns = 'grid grid-cols-[2.5rem_minmax(0,1.4fr)_minmax(0,1fr)_6rem_minmax(0,1.2fr)] gap-3 px-3 py-2';
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <b>{preview.filename}</b>
        <span className="pill bg-brand-wash text-brand-dark">{preview.valid} ready</span>
        {preview.invalid > 0 && <span className="pill bg-bad-wash text-bad">{count(preview.invalid, 'row')} with problems</span>}
      </div>
      <div className="mt-4 max-h-[420px] overflow-y-auto rounded border border-line text-[13px]">
        <div className={`${columns} sticky top-0 bg-wash font-semibold text-sub`}>
          <div>Row</div>
          <div>Email</div>
          <div>Name</div>
          <div>Role</div>
          <div>Groups and managers</div>
        </div>
        {preview.rows.map((row) => (
          <div key={row.row} className={`border-t border-line ${row.errors.length ? 'bg-bad-wash/60' : ''}`}>
            <div className={columns}>
              <div className="text-sub">{row.row}</div>
              <div className="break-words">{row.email || '–'}</div>
              <div className="break-words">{`${row.first_name} ${row.last_name}`.trim() || '–'}</div>
              <div className="break-words">{row.role || '–'}</div>
              <div className="break-words">
                {row.groups.map((group) => (
                  <div key={group}>{group}</div>
                ))}
                {row.managers.map((manager) => (
                  <div key={manager} className="text-sub">
                    {manager}
                  </div>
                ))}
              </div>
            </div>
            {row.errors.length > 0 && <div className="px-3 pb-2 pl-16 text-bad">{row.errors.join('. ')}</div>}
          </div>
        ))}
      </div>
      {preview.invalid > 0 && preview.valid > 0 && (
        <div className="mt-4">
          <Checkbox checked={skip} onChange={setSkip}>
            Skip the {count(preview.invalid, 'row')} with problems and import the rest
          </Checkbox>
        </div>
      )}
      <div className="mt-5 flex gap-2">
        <button type="button" className="btn btn-primary" disabled={busy || preview.valid === 0 || (preview.invalid > 0 && !skip)} onClick={onImport}>
          {busy ? 'Importing…' : `Import ${count(preview.valid, 'user')}`}
        </button>
        <button type="button" className="btn" disabled={busy} onClick={onAgain}>
          Choose another file
        </button>
      </div>
    </>
  );
}

function Result({ result, onAgain }: { result: ImportResult; onAgain: () => void }) {
  return (
    <>
      <div className="flex items-center gap-2 text-lg font-bold">
        <span className="text-brand">
          <Icon name="check" size={20} />
        </span>
        {count(result.created, 'user')} imported
      </div>
      <p className="text-sub">{result.created > 0 ? 'Their invitations are on the way.' : 'Nobody was invited.'}</p>
      {result.skipped.length > 0 && (
        <div className="mt-4">
          <div className="font-semibold">{count(result.skipped.length, 'row')} skipped</div>
          <ul className="mt-1 text-[13px]">
            {result.skipped.map((row) => (
              <li key={row.row} className="border-t border-line py-1.5">
                Row {row.row}: {row.email || 'no email'} <span className="text-bad">– {row.reason}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="mt-5 flex gap-2">
        <Link href="/admin/users" className="btn btn-primary">
          Back to Users
        </Link>
        <button type="button" className="btn" onClick={onAgain}>
          Import another file
        </button>
      </div>
    </>
  );
}
