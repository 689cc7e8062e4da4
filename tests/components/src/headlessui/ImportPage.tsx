import { DocumentArrowUpIcon } from '@heroicons/react/24/outline';
import { type DragEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import { ApiError, type ImportPreview, type ImportResult, api } from '../shared/api';
import { PRIMARY, WHITE } from './classes';

export function ImportPage() {
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<void>) {
    setBusy(true);
    setError('');
    try {
      await work();
    } catch (problem) {
      setError((problem as ApiError).message);
    } finally {
      setBusy(false);
    }
  }

  function read(files: FileList | null) {
    if (files?.[0]) run(async () => setPreview(await api.upload(files[0])));
  }

  return (
    <div className="mx-auto max-w-4xl">
      <h1 className="text-base font-semibold text-gray-900">Import Users</h1>
      {error && (
        <p role="alert" className="mt-4 rounded-md bg-red-50 p-4 text-sm text-red-700">
          {error}
        </p>
      )}
      {!preview && (
        <div
          className="mt-4 flex flex-col items-center rounded-lg border border-dashed border-gray-900/25 px-6 py-10"
          onDragOver={(event: DragEvent) => event.preventDefault()}
          onDrop={(event: DragEvent) => {
            event.preventDefault();
            read(event.dataTransfer.files);
          }}
        >
          <DocumentArrowUpIcon className="size-12 text-gray-300" />
          <div className="mt-4 flex text-sm text-gray-600">
            <label htmlFor="file-upload" className="cursor-pointer font-semibold text-indigo-600 hover:text-indigo-500">
              <span>Upload a file</span>
              <input
                id="file-upload"
                type="file"
                accept=".csv"
                className="sr-only"
                disabled={busy}
                onChange={(event) => read(event.target.files)}
              />
            </label>
            <p className="pl-1">or drag and drop</p>
          </div>
          <p className="text-xs text-gray-600">CSV with email, first name, last name, role, managers, groups</p>
        </div>
      )}
      {preview && !result && (
        <>
          <p className="mt-4 text-sm text-gray-700">
            We found {preview.rows.length} people in {preview.filename}. {preview.valid} can be imported.
          </p>
          <ul className="mt-4 divide-y divide-gray-200 rounded-md ring-1 ring-gray-200">
            {preview.rows.map((row) => (
              <li key={row.row} className="flex justify-between gap-4 px-4 py-3 text-sm">
                <div>
                  <p className="font-medium text-gray-900">
                    {row.first_name} {row.last_name}
                  </p>
                  <p className="text-gray-500">{row.email}</p>
                  {row.errors.map((text) => (
                    <p key={text} className="text-red-600">
                      {text}
                    </p>
                  ))}
                </div>
                <div className="text-right text-gray-500">
                  <p>{row.role}</p>
                  <p>{row.groups.join(' · ')}</p>
                </div>
              </li>
            ))}
          </ul>
          <div className="mt-4 flex justify-end gap-3">
            <button type="button" className={WHITE} onClick={() => setPreview(undefined)}>
              Choose another file
            </button>
            <button
              type="button"
              className={PRIMARY}
              disabled={busy || !preview.valid}
              onClick={() => run(async () => setResult(await api.commit(preview.token)))}
            >
              Import {preview.valid} {preview.valid === 1 ? 'person' : 'people'}
            </button>
          </div>
        </>
      )}
      {result && (
        <>
          <p className="mt-4 rounded-md bg-green-50 p-4 text-sm text-green-800">Import complete: {result.created} people invited.</p>
          {result.skipped.length > 0 && (
            <div className="mt-4 rounded-md bg-yellow-50 p-4 text-sm text-yellow-800">
              <p className="font-medium">{result.skipped.length} rows could not be imported</p>
              <ul className="mt-2 list-disc pl-5">
                {result.skipped.map((item) => (
                  <li key={item.row}>
                    Row {item.row}, {item.email}: {item.reason}
                  </li>
                ))}
              </ul>
            </div>
          )}
          <Link to="/admin/users" className={`${PRIMARY} mt-4 inline-block`}>
            Go to users
          </Link>
        </>
      )}
    </div>
  );
}
